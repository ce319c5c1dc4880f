import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { appCommand, byHandDelivering, type Runtime } from "../processes/contenders.ts";
import { newFolder, ServerProcess } from "../processes/server-process.ts";

/** The secret of every destination of the benchmarks. */
const secret = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

/** Returns an http destination of the configuration file that sends to a local system. */
export const httpTo = (url: string, more: object = {}) => ({
  type: "http",
  url,
  secret: { env: "DESTINATION_SECRET" },
  network: "private",
  ...more,
});

/**
 * Starts the app of a runtime with these destinations, in a new folder or in the one of an earlier start.
 * @param handlers further destinations as JavaScript: the entries of an object
 */
export async function startDelivering(
  runtime: Runtime,
  destinations: Readonly<Record<string, object>>,
  { folder = newFolder(), handlers = "" }: { folder?: string; handlers?: string } = {},
): Promise<ServerProcess> {
  const entries = Object.entries(destinations).map(([name, value]) => `${name}: ${JSON.stringify(value)},`);
  const source = `export default { destinations: { ${entries.join(" ")} ${handlers} } };\n`;
  writeFileSync(join(folder, "sessionhook.config.js"), source);
  const env = { DESTINATION_SECRET: secret, SESSIONHOOK_CONFIG: "sessionhook.config.js" };
  const command = appCommand(runtime, env);
  if ("reason" in command) throw new Error(command.reason);
  return ServerProcess.start(command, folder);
}

/** Starts the hand-written server that delivers. @throws if better-sqlite3 cannot be installed */
export async function startByHand(url: string): Promise<ServerProcess> {
  const command = byHandDelivering({ DESTINATION_SECRET: secret, DESTINATION_URL: url });
  if ("reason" in command) throw new Error(command.reason);
  return ServerProcess.start(command);
}

/** Resolves when `holds` returns true, asked every `everyMs`; throws after `ms`. */
export async function waitUntil(
  holds: () => boolean | Promise<boolean>,
  ms: number,
  what: string,
  everyMs = 5,
): Promise<void> {
  const deadline = performance.now() + ms;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`${what} took longer than ${ms} ms`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
