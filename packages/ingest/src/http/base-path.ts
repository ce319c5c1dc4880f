import * as z from "zod/mini";

/** First segments of our own routes: below a base path that begins with one, two paths would mean two things. */
const routes =
  /^\/(?:webhooks|api|login|logout|events|assets|healthz|readyz|metrics)$|^\/(?:events|assets|api\/events)\//;

const message = "must be / or a path such as /hooks, without . and .. segments, queries and escapes";

/** Parses a base path into the form the code uses: without a slash at its end, and empty for the root. */
export const basePathSchema = z.pipe(
  z
    .string("must be a text")
    .check(z.regex(/^\/(?:(?!\.{1,2}(?:\/|$))[\w.~-]+(?:\/|$))*$/, message), z.maxLength(256, message)),
  z.pipe(
    z.transform((path: string) => path.replace(/\/$/, "")),
    z.string().check(z.refine((path) => !routes.test(path), "must not be the path of a route of this app")),
  ),
);

/**
 * Returns a path without the base path. A proxy may have removed it already, so other paths stay as they are.
 * @param basePath without a slash at its end; empty for the root
 */
export function belowBasePath(path: string, basePath: string): string {
  if (basePath === "" || !path.startsWith(basePath)) return path;
  const rest = path.slice(basePath.length);
  if (rest === "" || rest.startsWith("?")) return `/${rest}`;
  return rest.startsWith("/") ? rest : path;
}
