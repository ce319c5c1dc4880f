import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { sign } from "../../packages/core/dist/index.js";
import { ListeningProcess } from "../../packages/testkit/dist/index.js";
import { secret } from "./messages.ts";
import { cache, root } from "./paths.ts";
import type { Json } from "./json.ts";

const adminToken = "the-admin-token-of-the-consumers";

/** A running app with stored events, for the generated clients. */
export interface RunningApp {
  readonly origin: string;
  readonly adminToken: string;
  /** Ids of the stored events, newest first. */
  readonly ids: readonly string[];
  stop(): Promise<void>;
}

/** The results of a generated client: the same requests by every client. */
export interface AdminObservations {
  /** Ids from `listEvents`, page by page with two events each, for the events whose ids begin with `evt_client_`. */
  readonly listed: readonly string[];
  /** `getEvent` of the newest event. */
  readonly event: {
    readonly id: string;
    readonly type: string;
    readonly status: string;
    readonly payload: Json;
  };
  /** `recheckEvent` of the newest event. */
  readonly rechecked: { readonly status: string; readonly previousStatus: string };
  /** `listDestinations`, whose reason is null. */
  readonly destinations: readonly { readonly name: string; readonly state: string }[];
  /** True if `others` of `getAttribution` is null, as without sessions. */
  readonly noOthers: boolean;
  /** The problem from `getEvent` of an id that does not exist. */
  readonly notFound: { readonly status: number; readonly code: string };
  /** The problem from `listEvents` with a wrong token. */
  readonly unauthorized: { readonly status: number; readonly code: string };
}

const payloads = Array.from({ length: 5 }, (_, at) => ({
  type: "client.test",
  number: at + 0.5,
  none: null,
}));

/** Starts the Node app with an empty store in memory, and stores five events in it. */
export async function startApp(): Promise<RunningApp> {
  const config = join(cache, "sessionhook.config.json");
  const archive = { type: "files", path: "./archive" };
  writeFileSync(config, JSON.stringify({ destinations: { archive } }));
  const app = new ListeningProcess(
    () => ({ file: process.execPath, args: [join(root, "apps", "node", "dist", "main.js")] }),
    cache,
    {
      PORT: "0",
      SESSIONHOOK_STORE: "memory:",
      SESSIONHOOK_SECRETS: secret,
      SESSIONHOOK_ADMIN_TOKEN: adminToken,
      SESSIONHOOK_CONFIG: config,
    },
  );
  await app.listen();
  const ids: string[] = [];
  for (const [at, payload] of payloads.entries()) {
    const id = `evt_client_${at}`;
    const body = JSON.stringify(payload);
    const headers = { ...sign(body, { id, secret }) };
    const answer = await fetch(`${app.printedOrigin}/webhooks`, { method: "POST", body, headers });
    if (answer.status !== 200) throw new Error(`The app answered ${answer.status}: ${await answer.text()}`);
    ids.unshift(id);
  }
  return {
    origin: app.printedOrigin,
    adminToken,
    ids,
    stop: async () => {
      await app.end("SIGTERM");
    },
  };
}

/** Compares the results of a client with what the app stores. */
export function judgeClient(app: RunningApp, seen: Partial<AdminObservations>): readonly string[] {
  const status = "unrecognized";
  const expected: AdminObservations = {
    listed: app.ids,
    event: { id: app.ids[0] ?? "", type: "client.test", status, payload: payloads.at(-1) as unknown as Json },
    rechecked: { status, previousStatus: status },
    destinations: [{ name: "archive", state: "ready" }],
    noOthers: true,
    notFound: { status: 404, code: "not_found" },
    unauthorized: { status: 401, code: "unauthorized" },
  };
  return (Object.keys(expected) as (keyof AdminObservations)[])
    .filter((name) => sorted(seen[name]) !== sorted(expected[name]))
    .map((name) => `${name}: ${JSON.stringify(seen[name])}, expected ${JSON.stringify(expected[name])}`);
}

/** JSON with the members of every object sorted by name. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) =>
    typeof one === "object" && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );
}
