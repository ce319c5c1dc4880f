/** Returns the path and query of a web address for people; the text itself if it is none. */
export function shortAddress(url: string): string {
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) return url;
  const { pathname, search } = new URL(url);
  return readable(pathname + search);
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
