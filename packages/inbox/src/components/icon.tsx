/** Drawings on a grid of 16 by 16, by the path of their page in the registry. */
const drawings: Readonly<Record<string, string>> = {
  "/": "M1.5 8.5h3L6.5 3 10 13l2-4.5h2.5",
  "/people":
    "M8 7.75a2.75 2.75 0 1 0 0-5.5 2.75 2.75 0 0 0 0 5.5M2.5 14c.6-2.9 2.8-4.25 5.5-4.25s4.9 1.35 5.5 4.25",
  "/companies":
    "M2.5 14V3.5a1 1 0 0 1 1-1h5a1 1 0 0 1 1 1V14M9.5 6.5h3a1 1 0 0 1 1 1V14M1.5 14h13M5 5.5h2M5 8.5h2M5 11.5h2",
  "/attribution": "M2.5 13.5v-4M6.17 13.5v-7M9.83 13.5v-5M13.5 13.5v-11",
  "/events": "M2.5 4h11M2.5 8h11M2.5 12h7",
  "/deliveries": "M14 2 7 9M14 2l-4 12-3-5-5-3z",
  "/destinations": "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12M8 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4",
  "/quarantine": "M8 2.5 14.5 13.5h-13zM8 6.75v3M8 11.7v.05",
  "/privacy": "M8 1.75l5.25 2v4c0 3.2-2.2 5.5-5.25 6.5-3.05-1-5.25-3.3-5.25-6.5v-4zM6 8l1.5 1.5L10.25 6.5",
  "/status": "M2.2 12.5a6.25 6.25 0 1 1 11.6 0M8 10.5l2.75-3.75",
};

/** Renders the icon of a page; nothing for a page without one. */
export function PageIcon({ path }: { readonly path: string }) {
  const drawing = drawings[path];
  if (drawing === undefined) return <></>;
  return (
    <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path d={drawing} />
    </svg>
  );
}
