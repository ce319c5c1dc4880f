const profile = /^(?:(?:https?:)?\/\/)?(?:[a-z]{1,5}\.)?linkedin\.com(?::\d{1,5})?(\/[^?#\s]*)/i;
/** Kinds of pages of which what follows the name is a part or a language of the page. */
const named = new Set(["in", "company", "school", "showcase"]);
/** A part with one spelling only. */
const plain = /^[a-z0-9-]*$/;
/** Beginning of the identifiers of members, in which the case of letters counts. */
const memberId = /^AC[ow]AA/;

/**
 * Returns the address of a LinkedIn page in one form, so that it identifies a person or company:
 * `https://www.linkedin.com/in/jane-doe`, lower-case, percent-encoded, without port, query, language and trailing slash. The identifier
 * of a member, such as `ACoAAB2cDeFgHi`, and the parts after `sales` stay as they are. So does another address.
 */
export function linkedinUrl(value: unknown): unknown {
  if (typeof value !== "string" || value.length > 2048) return value;
  const path = profile.exec(value.trim())?.[1];
  if (path === undefined) return value;
  const [first, ...rest] = path.split("/").filter((part) => part !== "");
  if (first === undefined) return "https://www.linkedin.com";
  const kind = oneSpelling(first);
  const parts = named.has(kind) ? rest.slice(0, 1) : rest;
  const written = parts.map((part) => (kind === "sales" ? part : identifierSpelling(part)));
  return ["https://www.linkedin.com", kind, ...written].join("/");
}

/** A letter such as `ü` is written as it is, composed or not, or percent-encoded with capital or small digits. */
function oneSpelling(part: string): string {
  if (plain.test(part)) return part;
  try {
    return encodeURIComponent(decodeURIComponent(part).normalize("NFC").toLowerCase());
  } catch {
    return part.toLowerCase();
  }
}

/** Returns the identifier of a page in one spelling; that of a member as it is. */
export function identifierSpelling(id: string): string {
  return memberId.test(id) ? id : oneSpelling(id);
}

/** Returns whether an address that `linkedinUrl` returned is that of one page: placeholders and `linkedin.com/in/` are not. */
export function isPageAddress(url: string): boolean {
  const [, host, path = ""] = /^https?:\/\/([^/?#]+)\/([^?#]*)/i.exec(url) ?? [];
  if (host === undefined) return false;
  return host === "www.linkedin.com" ? /^[^/]+\/[^/]/.test(path) : path !== "";
}
