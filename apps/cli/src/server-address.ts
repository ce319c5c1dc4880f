import { usageError } from "./cli-error.js";
import { setting, type Shell } from "./shell.js";

/** Where the server of this environment listens: HOST and PORT, by default http://127.0.0.1:8787/. */
function serverUrl(shell: Shell): URL {
  const host = setting(shell, "HOST") ?? "127.0.0.1";
  const port = setting(shell, "PORT") ?? "8787";
  if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65_535) {
    throw usageError("PORT must be a whole number from 1 to 65535");
  }
  const url = URL.parse(`http://${reachable(host)}:${port}/`);
  if (url === null || url.username !== "" || url.pathname !== "/") {
    throw usageError("HOST must be a host name or an IP address");
  }
  return url;
}

/** Listening on every address is not an address to send to; the loopback one is always among them. */
function reachable(host: string): string {
  const bare = host.replace(/^\[(.*)\]$/, "$1");
  if (bare === "0.0.0.0") return "127.0.0.1";
  if (bare === "::") return "[::1]";
  return bare.includes(":") ? `[${bare}]` : bare;
}

/** The endpoint to post events to: the given URL, with /webhooks where it has no path. */
export function endpointUrl(shell: Shell, given: URL | undefined): URL {
  const url = new URL(given ?? serverUrl(shell));
  if (url.pathname === "/") url.pathname = "/webhooks";
  return url;
}

/** The base of the admin API; the URL of the endpoint is understood too. */
export function apiUrl(shell: Shell, given: URL | undefined, path: string): URL {
  const base = new URL(given ?? serverUrl(shell));
  base.pathname = `${base.pathname.replace(/\/(?:webhooks\/?)?$/, "")}/${path}`;
  base.search = "";
  return base;
}
