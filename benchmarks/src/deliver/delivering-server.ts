import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { appCommand, type Runtime } from "../processes/contenders.ts";
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

/** Starts the app of a runtime with these destinations, in a new folder or in the one of an earlier start. */
export async function startDelivering(
  runtime: Runtime,
  destinations: Readonly<Record<string, object>>,
  folder = newFolder(),
): Promise<ServerProcess> {
  writeFileSync(join(folder, "sessionhook.config.json"), JSON.stringify({ destinations }));
  const command = appCommand(runtime, { DESTINATION_SECRET: secret });
  if ("reason" in command) throw new Error(command.reason);
  return ServerProcess.start(command, folder);
}

/** Resolves when `holds` returns true; throws after `ms`. */
export async function waitUntil(holds: () => boolean, ms: number, what: string): Promise<void> {
  const deadline = performance.now() + ms;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error(`${what} took longer than ${ms} ms`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
