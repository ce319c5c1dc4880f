/** Parameters that campaigns and ad networks add to an address. Pages show them elsewhere, or they mean nothing to people. */
const tracking = /^(?:utm_|gclid$|fbclid$|gbraid$|wbraid$|msclkid$|li_fat_id$|mc_[ce]id$|_hs)/;

/** Returns path and query of a web address for people, without parameters of campaigns; the text itself if it is none. */
export function shortAddress(url: string): string {
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) return url;
  const { pathname, search } = new URL(url);
  const kept = search
    .slice(1)
    .split("&")
    .filter((part) => part !== "" && !tracking.test(part.split("=")[0] ?? ""));
  return readable(kept.length === 0 ? pathname : `${pathname}?${kept.join("&")}`);
}

/** Returns the host of a web address, without www; undefined if it is none. */
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
