type HeaderOf = (name: string) => string | undefined;

/** Headers that reverse proxies add, each by itself. Every client can send them, so they may only make an answer stricter. */
const forwarding = [
  "forwarded",
  "via",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-proto",
  "x-real-ip",
];

/** Returns whether a reverse proxy has, or claims to have, passed the request on. */
export function isForwarded(header: HeaderOf): boolean {
  return forwarding.some((name) => header(name) !== undefined);
}

/** Returns whether a host name of a URL or an address, in any spelling, leads to this machine wherever it is looked up. */
export function isLoopbackName(name: string): boolean {
  return /^(?:127(?:\.\d{1,3}){3}|\[?::1\]?|(?:.*\.)?localhost\.?)$/i.test(name);
}

/**
 * Returns whether a request was made on this machine and to it by name: then its Host header, if any, has a loopback name,
 * and no proxy passed it on. Web pages of other sites reach a loopback address under another name (DNS rebinding).
 */
export function isLocal(header: HeaderOf): boolean {
  const host = header("host") ?? "";
  if (isForwarded(header)) return false;
  return (
    host === "" || (URL.canParse(`http://${host}`) && isLoopbackName(new URL(`http://${host}`).hostname))
  );
}
