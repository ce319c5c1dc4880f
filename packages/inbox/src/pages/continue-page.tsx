import { Link, useHref } from "../components/link.js";
import { iconPath, stylesheetPath } from "../assets.js";

/** Redirects to one of our pages at once. The navigation starts on our site, so the browser sends the SameSite=Strict cookie. */
export function ContinuePage({ path }: { readonly path: string }) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta http-equiv="refresh" content={`0;url=${useHref(path)}`} />
        <title>Opening the inbox · Sessionhook</title>
        <link rel="icon" href={useHref(iconPath)} type="image/svg+xml" />
        <link rel="stylesheet" href={useHref(stylesheetPath)} />
      </head>
      <body>
        <main class="card">
          <h1>Opening the inbox</h1>
          <p>
            <Link to={path}>Continue</Link>
          </p>
        </main>
      </body>
    </html>
  );
}
