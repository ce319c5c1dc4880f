import { SettingError } from "./setting-readers.js";

/** First segments of our own routes: below a base path that begins with one, two paths would mean two things. */
const routes =
  /^\/(?:webhooks|api|login|logout|events|sessions|people|companies|attribution|deliveries|destinations|replays|quarantine|status|privacy|help|assets|healthz|readyz|metrics)$|^\/(?:events|sessions|people|companies|deliveries|destinations|replays|assets|api\/events)\//;

const pathLike = /^\/(?:(?!\.{1,2}(?:\/|$))[\w.~-]+(?:\/|$))*$/;

/** Returns a base path in the form the code uses: without a slash at its end, and empty for the root. */
export function readBasePath(text: string): string {
  if (!pathLike.test(text) || text.length > 256)
    throw new SettingError(
      "must be / or a path such as /hooks, without . and .. segments, queries and escapes",
    );
  const path = text.replace(/\/$/, "");
  if (routes.test(path)) throw new SettingError("must not be the path of a route of this app");
  return path;
}
