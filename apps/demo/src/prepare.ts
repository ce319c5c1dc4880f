import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { generateSecret } from "@sessionhook/core";
import type { History } from "@sessionhook/simulator";
import { openFactStore, openStore } from "@sessionhook/stores";
import { destinationsOf, startReceivingSystems } from "./receiving-systems.js";
import { deriveHistory, writeHistory } from "./write-history.js";

export interface Prepared {
  readonly secret: string;
  readonly adminToken: string;
  /** Settings of the app. */
  readonly env: Readonly<Record<string, string>>;
}

/** Fills an empty folder: credentials, destinations and a store with the history. */
export async function prepare(
  folder: string,
  history: History,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Prepared> {
  const secret = generateSecret();
  const adminToken = randomBytes(24).toString("base64url");
  const write = (name: string, content: object) => {
    const path = join(folder, name);
    writeFileSync(path, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600, flag: "wx" });
    return path;
  };
  write("credentials.json", { signingSecret: secret, adminToken });
  const origin = await startReceivingSystems();
  const config = write("sessionhook.config.json", destinationsOf(origin, join(folder, "archive")));
  const address = `sqlite:${join(folder, "sessionhook.db")}`;
  const store = await openStore(address);
  await writeHistory(store, history, secret);
  const facts = await openFactStore(address, store);
  if (facts !== undefined) await deriveHistory(facts, Date.now());
  await facts?.close();
  await store.close();
  return {
    secret,
    adminToken,
    env: {
      HOST: env["HOST"] ?? "127.0.0.1",
      PORT: env["PORT"] ?? String(await usualPort()),
      LOG_LEVEL: env["LOG_LEVEL"] ?? "error",
      SESSIONHOOK_STORE: address,
      SESSIONHOOK_CONFIG: config,
    },
  };
}

/** Returns the usual port, or 0 (any free one) while another program, such as a real Sessionhook, listens there. */
function usualPort(): Promise<number> {
  const usual = 8787;
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(0));
    probe.listen(usual, "127.0.0.1", () => probe.close(() => resolve(usual)));
  });
}
