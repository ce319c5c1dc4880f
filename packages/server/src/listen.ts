import { type Settings, SettingsError } from "@sessionhook/app";
import { userId } from "@sessionhook/stores/file-error";
import type { Listener, Serve, Served } from "./serve.js";
import { missingPermission } from "./startup-error.js";

/** Starts the listener of an app. @throws SettingsError with the reason if it cannot listen there */
export async function listen(serve: Serve, app: Served, settings: Settings): Promise<Listener> {
  const { host, port, keepAliveSeconds } = settings;
  try {
    return await serve(app, { hostname: host, port, keepAliveSeconds });
  } catch (error) {
    const message = `cannot listen on ${host} port ${port}: ${reasonOf(error, port)}`;
    throw new SettingsError([{ name: "HOST, PORT", message }]);
  }
}

function reasonOf(error: unknown, port: number): string {
  const code = (error as NodeJS.ErrnoException).code ?? missingPermission(error) ?? "unknown reason";
  switch (code) {
    case "EADDRINUSE":
      return "another program listens there; choose another PORT";
    case "EACCES":
      return port > 0 && port < 1024
        ? `${userId() ?? "this user"} may not use ports below 1024 (EACCES); choose a PORT from 1024 on`
        : `permission denied (EACCES, ${userId() ?? "this user"})`;
    // Deno's code for a foreign address is EINVAL.
    case "EADDRNOTAVAIL":
    case "EINVAL":
      return `this machine does not have that address (${code}); 0.0.0.0 is all of its addresses`;
    case "EPERM":
      return "not permitted (EPERM); Deno needs --allow-net for the host name without a port, and the name needs an address";
    case "ENOTFOUND":
    case "EAI_AGAIN":
    case "ENODATA":
    // Bun's code for such a name.
    case "ENOENT":
      return `that host name has no address (${code}); 0.0.0.0 is all addresses of this machine`;
    default:
      return code;
  }
}
