/** Parameters that campaigns and ad networks add to an address. Pages show them elsewhere, or they mean nothing to people. */
const tracking = /^(?:utm_|gclid$|fbclid$|gbraid$|wbraid$|msclkid$|li_fat_id$|mc_[ce]id$|_hs)/;

/** Returns path and query of a web address for people, without parameters of campaigns; any other text unchanged. */
export function shortAddress(url: string): string {
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) return url;
  const { pathname, search } = new URL(url);
  const kept = search
    .slice(1)
    .split("&")
    .filter((part) => part !== "" && !tracking.test(part.split("=")[0] ?? ""));
  return readable(kept.length === 0 ? pathname : `${pathname}?${kept.join("&")}`);
}

/** Returns the host of a web address, without www; undefined for any other text. */
export function hostOf(url: string): string | undefined {
  return webAddress(url) === undefined ? undefined : new URL(url).host.replace(/^www\./, "");
}

/** Returns an address that pages may link to: only http and https, without a user name, and complete. */
export function webAddress(url: string): string | undefined {
  if (url.length > 2048 || !/^https?:\/\//i.test(url) || !URL.canParse(url)) return undefined;
  const { protocol, username, password, href } = new URL(url);
  return (protocol === "https:" || protocol === "http:") && username === "" && password === ""
    ? href
    : undefined;
}

/** Returns an address or path with its letters decoded: `/größe` for `/gr%C3%B6%C3%9Fe`. Delimiters remain encoded. */
export function readable(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}

/** Returns a short name for a page on LinkedIn, such as `in/ada`; the address itself if it is of another site. */
export function linkedinName(url: string): string {
  const host = hostOf(url);
  if (host !== "linkedin.com" && host?.endsWith(".linkedin.com") !== true) return url;
  return /\/(?:in|company)\/([^/?#]+)/.exec(url)?.[1] ?? url.replace(/^https?:\/\/(www\.)?/i, "");
}
