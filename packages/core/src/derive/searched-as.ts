import { registrableDomain } from "../facts/domains.js";
import { isPageAddress, linkedinUrl } from "../facts/linkedin.js";

/** A pasted web address, a host that begins with `www.`, or one with letters beyond ASCII; its host without `www.`. */
const webAddress =
  /^(?:https?:\/\/(?:www\.)?|www\.|(?=[^\s@]*[^\x20-\x7e])(?=[^\s@/]+\.))([^\s@/?#]+)(?:[/?#]\S*)?$/i;

/** A search in the form in which the derived rows have what it means. */
export interface SearchedAs {
  /** Text whose words begin words of the row. */
  readonly text: string;
  /** Text that an id or key of the row begins with. */
  readonly id: string;
}

/** Reads a search: a pasted web address is its registrable domain, and that of a LinkedIn page is spelt as in keys. */
export function searchedAs(given: string): SearchedAs {
  const search = given.replace(/^mailto:/i, "");
  const page = linkedinUrl(search);
  if (typeof page === "string" && page.startsWith("https://www.linkedin.com/") && isPageAddress(page))
    return { text: search, id: page };
  const host = webAddress.exec(search)?.[1];
  return { text: host === undefined ? search : (registrableDomain(host) ?? host), id: search };
}
