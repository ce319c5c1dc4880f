/** Returns the parts of a URL that can be secrets: everything behind the host. */
export function urlSecrets(url: URL): string[] {
  const segments = url.pathname.split("/").filter((segment) => segment.length >= 6);
  const parts = [url.pathname, url.search, url.hash, ...segments, ...url.searchParams.values()];
  return parts.flatMap((part) => [part, decoded(part)]).filter((part) => part.length > 2);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Returns the part of a URL that may be shown: scheme and host. */
export function shownUrl(url: URL): string {
  return `${url.protocol}//${url.host}`;
}
