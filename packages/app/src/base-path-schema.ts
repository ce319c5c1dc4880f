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
