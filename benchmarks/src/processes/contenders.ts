import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "../paths.ts";
import { adminToken, secret } from "../secret.ts";
import { betterSqlite3 } from "./better-sqlite3.ts";
import type { ServerCommand } from "./server-process.ts";

export type Runtime = "node" | "bun" | "deno";

/** A server that receives messages. */
export interface Contender {
  readonly name: string;
  readonly runtime: Runtime;
  /** `floor`: the baseline, which verifies, parses and stores nothing; `app`: ours; `by hand`: what a user would write. */
  readonly kind: "floor" | "app" | "by hand";
  readonly command: ServerCommand | { readonly reason: string };
}

interface Runtimes {
  startCommand(runtime: Runtime, env: object): { file: string; args: string[] } | { reason: string };
  runtimeBinary(runtime: Runtime): string | undefined;
}
const runtimesIn = async (checkout: string) =>
  (await import(join(resolve(checkout), "scripts", "runtimes.mjs"))) as Runtimes;
const runtimes = await runtimesIn(root);

/** Returns the binary of a runtime, or undefined when there is none for this platform. */
export function runtimeFile(runtime: Runtime): string | undefined {
  return runtimes.runtimeBinary(runtime);
}

/** Returns the command that runs a script on a runtime, or undefined when the runtime is missing on this platform. */
export function scriptOn(
  runtime: Runtime,
  script: string,
): { readonly file: string; readonly args: string[] } | undefined {
  const file = runtimes.runtimeBinary(runtime);
  if (file === undefined) return undefined;
  return { file, args: runtime === "deno" ? ["run", "-A", script] : [script] };
}

const server = (name: string) => fileURLToPath(new URL(`../servers/${name}.mjs`, import.meta.url));

/** Returns the command that starts the app of a runtime with its default settings, as `npm start` does. */
export function appCommand(
  runtime: Runtime,
  more: Record<string, string> = {},
  from: Runtimes = runtimes,
): ServerCommand | { reason: string } {
  const env = { PORT: "0", SESSIONHOOK_SECRETS: secret, SESSIONHOOK_ADMIN_TOKEN: adminToken, ...more };
  const command = from.startCommand(runtime, env);
  return "reason" in command ? command : { ...command, env };
}

function floorCommand(runtime: Runtime): Contender["command"] {
  const command = scriptOn(runtime, server(runtime === "node" ? "floor-node" : "floor-fetch"));
  if (command === undefined) return { reason: `${runtime} is not available for this platform` };
  return { ...command, env: { SECRET: secret } };
}

function byHandCommand(script = "by-hand-express", more: Record<string, string> = {}): Contender["command"] {
  const peer = betterSqlite3();
  if ("reason" in peer) return peer;
  const env = { SECRET: secret, BETTER_SQLITE3: peer.path, ...more };
  return { file: runtimes.runtimeBinary("node") ?? process.execPath, args: [server(script)], env };
}

/** Returns the command of the hand-written server that also delivers. */
export function byHandDelivering(env: Record<string, string>): Contender["command"] {
  return byHandCommand("by-hand-deliver", env);
}

export const runtimeNames = { node: "Node", bun: "Bun", deno: "Deno" };

/**
 * Returns the app of each runtime in another checkout of this repository, which must be installed and built: to compare a
 * change with the commit before it.
 */
export async function contendersIn(checkout: string, chosen: readonly Runtime[]): Promise<Contender[]> {
  const from = await runtimesIn(checkout);
  return chosen.map((runtime) => {
    const name = `${runtimeNames[runtime]}: Sessionhook in ${basename(resolve(checkout))}`;
    return { name, runtime, kind: "app", command: appCommand(runtime, {}, from) };
  });
}

/** Returns the baseline and the app of each runtime; on Node also the hand-written server. */
export function contenders(chosen: readonly Runtime[] = ["node", "bun", "deno"]): Contender[] {
  return chosen.flatMap((runtime): Contender[] => {
    const of = runtimeNames[runtime];
    const pair: Contender[] = [
      {
        name: `${of}: bare server, stores nothing (baseline)`,
        runtime,
        kind: "floor",
        command: floorCommand(runtime),
      },
      { name: `${of}: Sessionhook, durable`, runtime, kind: "app", command: appCommand(runtime) },
    ];
    if (runtime !== "node") return pair;
    const name = "Node: Express, standardwebhooks, better-sqlite3";
    return [...pair, { name, runtime, kind: "by hand", command: byHandCommand() }];
  });
}
