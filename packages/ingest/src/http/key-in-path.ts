/**
 * Returns the key of a person or company that is the rest of a path, decoded. Proxies can decode and merge slashes, as nginx does
 * with a path in `proxy_pass`; this restores the two of a URL: `linkedin:https:/www.linkedin.com/in/jane`.
 */
export function keyInPath(rest: string): string {
  return rest.replace(/^([\w-]+:https?:)\/+/, "$1//");
}
