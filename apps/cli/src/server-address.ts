import { defaultHost, defaultPort } from "@sessionhook/core/limits";
import { usageError } from "./cli-error.js";
import { setting, type Shell } from "./shell.js";

/** Returns the URL of this environment's server from HOST, PORT and SESSIONHOOK_BASE_PATH: http://127.0.0.1:8787/ by default. */
function serverUrl(shell: Shell): URL {
  const host = setting(shell, "HOST") ?? defaultHost;
  const port = setting(shell, "PORT") ?? String(defaultPort);
  if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65_535) {
    throw usageError("PORT must be an integer from 1 to 65535");
  }
  const url = URL.parse(`http://${reachable(host)}:${port}/`);
  if (url === null || url.username !== "" || url.pathname !== "/") {
    throw usageError("HOST must be a host name or an IP address");
  }
  url.pathname = basePath(shell);
  return url;
}

function basePath(shell: Shell): string {
  const path = setting(shell, "SESSIONHOOK_BASE_PATH") ?? "/";
  if (!/^\/[\w.~/-]*$/.test(path))
    throw usageError("SESSIONHOOK_BASE_PATH must be / or a path such as /hooks");
  return path.endsWith("/") ? path : `${path}/`;
}

/** Returns the loopback address instead of an address that means every interface. */
function reachable(host: string): string {
  const bare = host.replace(/^\[(.*)\]$/, "$1");
  if (bare === "0.0.0.0") return "127.0.0.1";
  if (bare === "::") return "[::1]";
  return bare.includes(":") ? `[${bare}]` : bare;
}

/** Returns the endpoint to post events to: the given URL, with /webhooks where it has no path, or that of the server. */
export function endpointUrl(shell: Shell, given: URL | undefined): URL {
  if (given === undefined) return new URL("webhooks", serverUrl(shell));
  const url = new URL(given);
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
