import { type Child, useContext } from "hono/jsx";
import { detailStylesheetPath, iconPath, scriptPath, stylesheetPath } from "../assets.js";
import { navigationPages } from "../page-registry.js";
import { PageIcon } from "./icon.js";
import { KeyboardHelp } from "./keyboard-help.js";
import { HasFacts, Link, useHref } from "./link.js";

export interface LayoutProps {
  readonly title: string;
  /** Shows the navigation and the sign-out button. */
  readonly signedIn: boolean;
  /** Path of the page in the registry, to mark it in the navigation. */
  readonly current?: string | undefined;
  /** Loads only the common styles: for the lists of visits. */
  readonly light?: boolean;
  readonly children?: Child;
}

/** Renders the frame of every page: head, skip link, header, main. */
export function Layout({ title, signedIn, current, light = false, children }: LayoutProps) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <Referrer />
        <title>{`${title} · Sessionhook`}</title>
        <link rel="icon" href={useHref(iconPath)} type="image/svg+xml" />
        <link rel="stylesheet" href={useHref(stylesheetPath)} />
        {!light && <link rel="stylesheet" href={useHref(detailStylesheetPath)} />}
        {signedIn && <script src={useHref(scriptPath)} defer></script>}
      </head>
      <body class={signedIn ? "signed-in" : undefined}>
        <a class="skip-link" href="#main">
          Skip to content
        </a>
        <header class="site-header">
          <Link class="brand" to="/">
            <img src={useHref(iconPath)} alt="" width="24" height="24" />
            Sessionhook
          </Link>
          {signedIn && <Navigation current={current} />}
          {signedIn && (
            <div class="header-end">
              <Link class="help-link" to="/help" data-help>
                <kbd aria-hidden="true">?</kbd>
                <span>Shortcuts</span>
              </Link>
              <form class="sign-out" method="post" action={useHref("/logout")}>
                <button class="quiet" type="submit">
                  Sign out
                </button>
              </form>
            </div>
          )}
        </header>
        <main id="main" tabindex={-1}>
          {children}
        </main>
        {signedIn && <p class="visually-hidden" id="copy-status" role="status"></p>}
        {signedIn && <KeyboardHelp />}
      </body>
    </html>
  );
}

/** Renders a link to each page that the registry has in the navigation. */
function Navigation({ current }: { readonly current: string | undefined }) {
  return (
    <nav class="site-nav" aria-label="Inbox">
      {navigationPages({ facts: useContext(HasFacts) }).map(({ path, title, key }) => (
        <Link to={path} data-go={key} aria-current={path === current ? "page" : undefined}>
          <PageIcon path={path} />
          {title}
        </Link>
      ))}
    </nav>
  );
}

/**
 * Allows the referrer between our own pages, but not to other sites. With the no-referrer policy of the response header,
 * browsers would send `Origin: null` with our own forms, and on plain HTTP `Origin` is the only protection against CSRF.
 */
function Referrer() {
  return <meta name="referrer" content="same-origin" />;
}
