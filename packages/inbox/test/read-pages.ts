import type { VisitInbox } from "./visits.js";

/** Returns the text of a page. */
export const text = (html: string) =>
  html
    .replaceAll(/<[^>]*>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");

/** Returns the words of a page, with one space between them, also where only a tag separates them. */
export const words = (html: string) => text(html.replaceAll(/<[^>]*>/g, " ")).replaceAll(/\s+/g, " ");

/** Returns the ids of the sessions that a page lists. */
export const idsOf = (html: string) =>
  [...html.matchAll(/row-link[^>]*href="\/sessions\/([^"]*)"/g)].map(([, id = ""]) => decodeURIComponent(id));

/** Returns the address of the older page; undefined for the last. */
export const older = (html: string) => / rel="next" href="([^"]*)"/.exec(html)?.[1]?.replaceAll("&amp;", "&");

/** Opens a page as a browser does: an address with empty parameters leads to the one without them. */
export const page = async (inbox: VisitInbox, path: string) => {
  const answer = await inbox.get(path);
  const clean = answer.status === 303 ? answer.headers.get("location") : null;
  return (clean === null ? answer : await inbox.get(clean)).text();
};

export const query = (parts: Record<string, string>) => `/?${new URLSearchParams(parts).toString()}`;

/** Every id of a list, over all of its pages. */
export async function allIds(inbox: VisitInbox, first: string): Promise<string[]> {
  const ids: string[] = [];
  for (let path: string | undefined = first; path !== undefined;) {
    const html: string = await page(inbox, path);
    ids.push(...idsOf(html));
    path = older(html);
  }
  return ids;
}
