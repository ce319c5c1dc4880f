/** A page that signed-in users can open by its address. */
export interface RegisteredPage {
  /**
   * Route pattern: a segment that begins with a colon matches any text that is not empty; with `{.+}`, it also matches the
   * segments after it.
   */
  readonly path: string;
  readonly title: string;
  readonly inNavigation: boolean;
  /** The page shows derived tables: the navigation has it only where the store has them. */
  readonly needsFacts?: true;
  /** Opens the page after g. */
  readonly key?: string;
}

/** Every page for signed-in users. Their routes are in `routes/`; a test compares the two. */
export const registeredPages: readonly RegisteredPage[] = [
  { path: "/", title: "Sessions", inNavigation: true, key: "s", needsFacts: true },
  { path: "/sessions/:id", title: "Session", inNavigation: false },
  { path: "/sessions.csv", title: "Sessions as CSV", inNavigation: false },
  { path: "/sessions.ndjson", title: "Sessions as NDJSON", inNavigation: false },
  { path: "/people", title: "People", inNavigation: true, key: "p", needsFacts: true },
  { path: "/people/:key{.+}", title: "Person", inNavigation: false },
  { path: "/people.csv", title: "People as CSV", inNavigation: false },
  { path: "/people.ndjson", title: "People as NDJSON", inNavigation: false },
  { path: "/companies", title: "Companies", inNavigation: true, key: "c", needsFacts: true },
  { path: "/companies/:key{.+}", title: "Company", inNavigation: false },
  { path: "/companies.csv", title: "Companies as CSV", inNavigation: false },
  { path: "/companies.ndjson", title: "Companies as NDJSON", inNavigation: false },
  { path: "/attribution", title: "Attribution", inNavigation: true, key: "a", needsFacts: true },
  { path: "/attribution.csv", title: "Attribution as CSV", inNavigation: false },
  { path: "/events", title: "Events", inNavigation: true, key: "e" },
  { path: "/events/:id/headers", title: "Signed headers", inNavigation: false },
  { path: "/events/:id", title: "Event", inNavigation: false },
  { path: "/events/:id/raw", title: "Raw body", inNavigation: false },
  { path: "/deliveries", title: "Deliveries", inNavigation: true, key: "d" },
  { path: "/deliveries/:id", title: "Delivery", inNavigation: false },
  { path: "/destinations", title: "Destinations", inNavigation: true, key: "o" },
  { path: "/destinations/:name/replay", title: "Replay", inNavigation: false },
  { path: "/destinations/:name/discard", title: "Discard deliveries", inNavigation: false },
  { path: "/replays/:id", title: "Replay", inNavigation: false },
  { path: "/quarantine", title: "Quarantine", inNavigation: true, key: "q" },
  { path: "/quarantine/recheck", title: "Recheck", inNavigation: false },
  { path: "/privacy", title: "Personal data", inNavigation: true, key: "y" },
  { path: "/help", title: "Keyboard shortcuts", inNavigation: false },
  { path: "/status", title: "Status", inNavigation: true, key: "t" },
];

/** Returns the pages that the navigation links to, in its order. */
export function navigationPages(options: { readonly facts: boolean }): readonly RegisteredPage[] {
  return registeredPages.filter((page) => page.inNavigation && (options.facts || page.needsFacts !== true));
}

/** Returns whether a path, normalized by a URL parser, is that of a registered page. */
export function isPagePath(pathname: string): boolean {
  const segments = pathname.split("/");
  return registeredPages.some(({ path }) => {
    const pattern = path.split("/");
    return (
      (path.endsWith("{.+}") ? pattern.length <= segments.length : pattern.length === segments.length) &&
      pattern.every((part, i) => (part.startsWith(":") ? segments[i] !== "" : part === segments[i]))
    );
  });
}
