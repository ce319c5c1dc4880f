import { usageError } from "./cli-error.js";
import { setting, type Shell } from "./shell.js";

/** Returns the address on which the server of this environment listens: HOST and PORT, by default http://127.0.0.1:8787/. */
function serverUrl(shell: Shell): URL {
  const host = setting(shell, "HOST") ?? "127.0.0.1";
  const port = setting(shell, "PORT") ?? "8787";
  if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65_535) {
    throw usageError("PORT must be an integer from 1 to 65535");
  }
  const url = URL.parse(`http://${reachable(host)}:${port}/`);
  if (url === null || url.username !== "" || url.pathname !== "/") {
    throw usageError("HOST must be a host name or an IP address");
  }
  return url;
}

/** A wildcard address cannot be a target; it always includes the loopback address. */
function reachable(host: string): string {
  const bare = host.replace(/^\[(.*)\]$/, "$1");
  if (bare === "0.0.0.0") return "127.0.0.1";
  if (bare === "::") return "[::1]";
  return bare.includes(":") ? `[${bare}]` : bare;
}

/** Returns the endpoint to post events to: the given URL, with /webhooks if it has no path. */
export function endpointUrl(shell: Shell, given: URL | undefined): URL {
  const url = new URL(given ?? serverUrl(shell));
  if (url.pathname === "/") url.pathname = "/webhooks";
  return url;
}

/** Returns the base URL of the admin API; also accepts the URL of the endpoint. */
export function apiUrl(shell: Shell, given: URL | undefined, path: string): URL {
  const base = new URL(given ?? serverUrl(shell));
  base.pathname = `${base.pathname.replace(/\/(?:webhooks\/?)?$/, "")}/${path}`;
  base.search = "";
  return base;
}
