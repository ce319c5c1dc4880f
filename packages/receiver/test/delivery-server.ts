import { type NewEvent, noIssues, type Outcome, SigningSecrets } from "@sessionhook/core";
import { SteppedDeliveries } from "@sessionhook/conformance/delivery-control";
import { secret } from "@sessionhook/conformance/signed-message";
import type { WebServer } from "@sessionhook/ingest";
import { createReceiver } from "@sessionhook/receiver";
import { createMemoryDeliveryStore, createMemoryStore } from "@sessionhook/stores/memory";

const adminToken = "x".repeat(32);
export const start = Date.UTC(2026, 2, 1, 12);

export const event = (id: string, more: Partial<NewEvent> = {}): NewEvent => ({
  id,
  type: "identity.resolved",
  status: "accepted",
  ...noIssues,
  raw: new TextEncoder().encode(`{"id":"${id}"}`),
  receivedAt: start,
  attemptTimestamp: start / 1000,
  signature: "v1,c2lnbmF0dXJl",
  ...more,
});

export const failed: Outcome = {
  outcome: "retry",
  reason: { code: "http_500", status: 500, excerpt: "<h1>Oops</h1>" },
};

const encoded = (body: unknown) =>
  typeof body === "string" || body instanceof Uint8Array ? (body as BodyInit) : JSON.stringify(body);

interface ClientOptions {
  readonly signal?: AbortSignal | null;
  readonly server?: WebServer;
}

/** A receiver with deliveries to `crm` and `chat`, three events and a clock. */
export async function deliveryServer() {
  const clock = { now: start };
  const now = () => clock.now;
  const store = createMemoryStore();
  const configured = [
    { name: "crm", type: "http", target: "https://crm.example.com" },
    { name: "chat", type: "slack", target: "https://hooks.slack.com" },
  ];
  const deliveries = new SteppedDeliveries(createMemoryDeliveryStore(store), store, configured, now);
  await deliveries.register();
  await store.append([event("evt_1"), event("evt_2"), event("evt_3")]);
  await deliveries.route((id, name) => (id === "evt_3" && name === "chat" ? "filter_error" : undefined));
  const headers = { authorization: `Bearer ${adminToken}` };
  /** Starts a receiver over the same store, with new counters. */
  const restart = () => {
    const secrets = new SigningSecrets(secret);
    const receiver = createReceiver({ store, secrets, adminToken, now, delivery: deliveries });
    const call = (
      method: string,
      path: string,
      body?: unknown,
      more: Record<string, string> = {},
      { signal = null, server }: ClientOptions = {},
    ) => {
      const type: Record<string, string> = body === undefined ? {} : { "content-type": "application/json" };
      const init = { method, signal, headers: { ...headers, ...type, ...more } };
      const content = body === undefined ? {} : { body: encoded(body) };
      return receiver.fetch(new Request(`http://localhost:8787${path}`, { ...init, ...content }), server);
    };
    return { call };
  };
  const { call } = restart();
  /** The status and JSON of an answer; the shape is what a test expects. */
  const json = async (...request: Parameters<typeof call>) => {
    const answer = await call(...request);
    // oxlint-disable-next-line typescript/no-explicit-any
    return { status: answer.status, body: (await answer.json()) as any };
  };
  return { clock, store, deliveries, restart, call, json };
}
