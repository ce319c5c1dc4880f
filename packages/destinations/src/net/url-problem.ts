/** Returns why a text is not a valid URL of a destination, without any part of it, or undefined. */
export function urlProblem(text: string): string | undefined {
  if (text.length > 8192) return "must have at most 8192 characters";
  if (/^\s|\s$/.test(text)) return "must not begin or end with white space";
  const url = URL.parse(text);
  if (url === null) return "must be a URL such as https://example.com/hooks";
  if (url.protocol !== "https:" && url.protocol !== "http:") return "must begin with https:// or http://";
  if (url.username !== "" || url.password !== "")
    return "must not contain a user name or password; use headers instead";
  if (url.hostname === "") return "must name a host";
  if (url.port === "0") return "must not have the port 0";
  return undefined;
}
