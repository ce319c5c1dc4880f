import { SettingError } from "./setting-readers.js";

const text = (words: string) => words.split(" ");

/** First segments of the paths of all own routes. */
export const ownSegments: ReadonlySet<string> = new Set(
  text(
    "webhooks api login logout live assets healthz readyz metrics status help privacy quarantine " +
      "events deliveries destinations replays attribution attribution.csv " +
      "sessions sessions.csv sessions.ndjson people people.csv people.ndjson companies companies.csv companies.ndjson",
  ),
);

/** Own routes of more than one segment, without those below `parents`. */
const deeper: ReadonlySet<string> = new Set(
  text(
    "login/once live/sessions quarantine/recheck privacy/export privacy/erase api/events api/sessions api/people " +
      "api/companies api/attribution api/deliveries api/destinations api/replays api/stats api/sign-in-links",
  ),
);

/** Paths below which any path can be that of an own route. */
const parents = text(
  "assets/ events/ sessions/ people/ companies/ deliveries/ destinations/ replays/ " +
    "api/events/ api/sessions/ api/people/ api/companies/ api/deliveries/ api/destinations/ api/replays/",
);

/** Returns whether a path is the beginning of an own route: below such a base path, two paths would mean two things. */
function isOwnPath(path: string): boolean {
  const relative = path.slice(1);
  return (
    ownSegments.has(relative) || deeper.has(relative) || parents.some((parent) => relative.startsWith(parent))
  );
}

const pathLike = /^\/(?:(?!\.{1,2}(?:\/|$))[\w.~-]+(?:\/|$))*$/;

/** Returns a base path in the form the code uses: without a slash at its end, and empty for the root. */
export function readBasePath(text: string): string {
  if (!pathLike.test(text) || text.length > 256)
    throw new SettingError(
      "must be / or a path such as /hooks, without . and .. segments, queries and escapes",
    );
  const path = text.replace(/\/$/, "");
  if (isOwnPath(path))
    throw new SettingError("must not begin like a path of the app, such as /events; choose another");
  return path;
}
