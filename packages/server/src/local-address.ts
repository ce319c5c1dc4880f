import { existsSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
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

/** Returns how a command of the command line begins with these settings, in a shell: in the repository, or with the path in a packaged folder. */
export function commandLine(environment: Readonly<Record<string, string>>): string {
  const assignments = Object.entries(environment).map(([name, value]) => `${name}=${shellQuote(value)} `);
  return `${assignments.join("")}${(program ??= ownProgram())}`;
}

/** Looked up once: the folder may have another name later. */
let program: string | undefined;

/** `npm run package` writes `bin/sessionhook` beside the folder of the app. Deno would ask for a permission to look for it. */
function ownProgram(): string {
  const [, script] = process.argv;
  if (script === undefined || "deno" in process.versions) return "npm run sessionhook --";
  const packaged = join(script, "..", "..", "bin", "sessionhook");
  return existsSync(packaged) ? shellQuote(packaged) : "npm run sessionhook --";
}

function shellQuote(value: string): string {
  return /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}

/** Returns an address that a browser on this machine can open. */
function reachableHost(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}
