import { defaultHost, defaultPort } from "@sessionhook/core/limits";
import type { Settings } from "@sessionhook/app";
import { defaultStoreAddress } from "@sessionhook/stores";

/** Returns the origin of the app as seen from this machine, such as `http://127.0.0.1:8787`. */
export function localOrigin(host: string, port: number): string {
  return `http://${reachableHost(host)}:${port}`;
}

/** Returns the settings that the CLI needs because they differ from the defaults. */
export function cliEnvironment(settings: Settings, port: number): Record<string, string> {
  return {
    ...(settings.host === defaultHost ? {} : { HOST: settings.host }),
    ...(port === defaultPort ? {} : { PORT: String(port) }),
    ...(settings.storeText === defaultStoreAddress ? {} : { SESSIONHOOK_STORE: settings.storeText }),
    ...(settings.basePath === "" ? {} : { SESSIONHOOK_BASE_PATH: settings.basePath }),
  };
}

/** Returns how a command of the command line begins with these settings: in a shell, in the repository. */
export function commandLine(environment: Readonly<Record<string, string>>): string {
  const assignments = Object.entries(environment).map(([name, value]) => `${name}=${shellQuote(value)} `);
  return `${assignments.join("")}npm run sessionhook --`;
}

function shellQuote(value: string): string {
  return /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}

/** Returns an address that a browser on this machine can open. */
function reachableHost(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}
