import { issueList, type NewEvent } from "@sessionhook/core";
import { recordsOfStored } from "@sessionhook/core/derive";
import { classify } from "@sessionhook/ingest";
import { SteppedDeliveries } from "@sessionhook/conformance/delivery-control";
import { createSimulator } from "@sessionhook/simulator";
import {
  createMemoryDeliveryStore,
  createMemoryFactStore,
  createMemoryStore,
} from "@sessionhook/stores/memory";
import type { SystemInfo } from "../src/index.js";
import { makeEvent, makeInbox, start } from "./events.js";
import { hostileTexts } from "./sample-events.js";

const day = 86_400_000;

const destinations = [
  { name: "crm", type: "http", target: "https://api.example.com" },
  { name: "sales", type: "slack", target: "https://hooks.slack.com" },
  { name: "archive", type: "files", target: "./data/archive" },
];

export const system: SystemInfo = {
  version: "1.4.0",
  runtime: "Node 24.4.1",
  startedAt: start - 9 * day,
  storeKind: "SQLite",
  storeBytes: async () => 1_834_556_416,
  lastBackupAt: async () => start - day / 2,
  settings: [
    { name: "HOST", value: "127.0.0.1" },
    { name: "PORT", value: "8787" },
    { name: "SESSIONHOOK_SECRETS", value: "2 secrets" },
    { name: "SESSIONHOOK_STORE", value: "sqlite:./data/sessionhook.db" },
    { name: "SESSIONHOOK_MAX_BODY_BYTES", value: "1048576" },
  ],
};

/** An inbox over a memory store with derived tables and deliveries, which has these events. */
export async function makeOperatedInbox(
  events: readonly NewEvent[] = [],
  { system: info = system }: { readonly system?: SystemInfo } = {},
) {
  const store = createMemoryStore();
  const facts = createMemoryFactStore(store);
  const deliveries = new SteppedDeliveries(
    createMemoryDeliveryStore(store),
    store,
    destinations,
    () => start,
  );
  await deliveries.register();
  const inbox = await makeInbox(events, { store, facts, delivery: deliveries, system: info });
  await deliveries.route();
  await facts.startRebuild(start);
  while (!(await facts.rebuildStep(500, recordsOfStored)).done);
  const post = (path: string, fields: Record<string, string> = {}, headers: Record<string, string> = {}) =>
    inbox.app.request(path, {
      method: "POST",
      headers: { cookie: inbox.cookie, ...headers },
      body: new URLSearchParams(fields),
    });
  return { ...inbox, facts, deliveries, post };
}

export type OperatedInbox = Awaited<ReturnType<typeof makeOperatedInbox>>;

/** Valid bodies, as many each day as a small company has: fewer on weekends. */
export function simulatedDays(days: number, perDay = 40): NewEvent[] {
  return Array.from({ length: days }, (_, i) => {
    const at = start - (days - 1 - i) * day;
    const quiet = [0, 6].includes(new Date(at).getUTCDay());
    const simulator = createSimulator({ seed: 11 + i, now: at });
    const count = Math.round((quiet ? perDay * 0.35 : perDay) * (0.7 + (0.6 * i) / days));
    return Array.from({ length: count }, (_, n) => {
      const { id, type, body } = simulator.next();
      return makeEvent({ id, type, body, receivedAt: at - (count - n) * 60_000 });
    });
  }).flat();
}

/** Events that an older schema did not accept: with valid bodies, and with bodies that do not fit today either. */
export function quarantinedEvents(valid: number, invalid: number): NewEvent[] {
  const simulator = createSimulator({ seed: 3, now: start });
  const old = Array.from({ length: valid }, (_, i) => {
    const { id, type, body } = simulator.next();
    const issues = [
      { path: `data.enrichment.companies[${i % 3}].employeeCount`, message: "expected number, found string" },
      ...(i % 4 === 0 ? [{ path: "data.session.utm.term", message: "expected string, it is missing" }] : []),
    ];
    return makeEvent({
      id,
      type,
      body,
      status: "quarantined",
      ...issueList(issues),
      receivedAt: start - (valid - i) * 90_000,
    });
  });
  const broken = Array.from({ length: invalid }, (_, i) => {
    const { id, type, body } = simulator.next();
    const parsed = JSON.parse(body) as { data?: { session?: Record<string, unknown> } };
    if (parsed.data?.session !== undefined) parsed.data.session["createdAt"] = "yesterday";
    const changed = JSON.stringify(parsed.data?.session === undefined ? { ...parsed, data: 7 } : parsed);
    const classified = classify(new TextEncoder().encode(changed));
    return makeEvent({ id, body: changed, ...classified, type, receivedAt: start - (invalid - i) * 30_000 });
  });
  return [...old, ...broken];
}

/** An event with hostile texts wherever a page of these shows one. */
export function hostileEvents(): NewEvent[] {
  return hostileTexts.map((text, i) =>
    makeEvent({
      id: `evt_hostile${i}${i === 0 ? `"><script>` : ""}`,
      type: text,
      status: "quarantined",
      ...issueList([
        { path: `data.${text}[${i}]`, message: text },
        { path: `["${"deep".repeat(400)}"]`, message: "x".repeat(4000) },
        { path: "", message: "=1+1" },
      ]),
      body: { id: `evt_hostile${i}`, type: text },
      receivedAt: start - i * 1000,
    }),
  );
}
