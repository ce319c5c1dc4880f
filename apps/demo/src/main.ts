import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { start } from "@sessionhook/server";
import { serveNodeHttp } from "@sessionhook/server/node-http";
import { createHistory } from "@sessionhook/simulator";
import { backfill } from "./backfill.js";
import { sendLive } from "./live.js";
import { type DemoOptions, readOptions, usage } from "./options.js";
import { prepare } from "./prepare.js";
import { renderScreen } from "./screen.js";

function options(): DemoOptions {
  try {
    return readOptions(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${usage}`);
    return process.exit(2);
  }
}

const { sessions, every, seed, help } = options();
if (help) {
  process.stdout.write(usage);
  process.exit(0);
}

// Until the app listens to signals itself. Before there is a folder to remove.
const leave = () => process.exit(130);
const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
for (const signal of signals) process.on(signal, leave);
const folder = mkdtempSync(join(tmpdir(), "sessionhook-demo-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

const history = createHistory({ seed, now: Date.now(), sessions });
const { env, secret, adminToken } = await prepare(folder, history, process.env);
// Settings of a real app, such as its store and its secrets, are not those of the demo.
for (const name of Object.keys(process.env)) if (name.startsWith("SESSIONHOOK_")) delete process.env[name];
Object.assign(process.env, env);

await start(serveNodeHttp, {
  writerThread: true,
  screen: ({ origin, loginPath }) => {
    for (const signal of signals) process.off(signal, leave);
    backfill(origin, adminToken);
    sendLive({ history, endpoint: `${origin}/webhooks`, secret, everyMs: every * 1000 });
    return renderScreen({ origin, loginPath, folder, sessions, every });
  },
});
