import type { RuntimeCase } from "../case.js";
import type { RuntimeContext } from "../context.js";
import { expectDocumented } from "../openapi.js";

/** A body of every status that a message can get, and what GET /api/events/{id} returns for it. */
const bodies = [
  '{"type":"documented.case","a":[1,null]}',
  '{"type":"identity.resolved","data":{}}',
  "not JSON",
];

const event = "/api/events/{id}";

/** Sends requests that every operation of the admin API answers, and checks the answers. */
async function checkAnswers(c: RuntimeContext): Promise<void> {
  for (const body of bodies) {
    const id = c.id();
    await expectDocumented("POST", "/webhooks", await c.send(id, body));
    await expectDocumented("POST", "/webhooks", await c.send(id, body));
    await expectDocumented("POST", "/webhooks", await c.send(id, `${body} `));
    await expectDocumented("GET", event, await c.api(`/events/${id}`));
    await expectDocumented("GET", event, await c.api(`/events/${id}?version=2`));
    await expectDocumented("GET", `${event}/raw`, await c.api(`/events/${id}/raw`));
    await expectDocumented("GET", `${event}/headers`, await c.api(`/events/${id}/headers`));
    await expectDocumented(
      "POST",
      `${event}/recheck`,
      await c.api(`/events/${id}/recheck`, { method: "POST" }),
    );
  }
  await expectDocumented("GET", "/api/events", await c.api("/events?limit=2"));
  await expectDocumented("GET", "/api/events", await c.api("/events?q=evt_none_such"));
  await expectDocumented("GET", "/api/events", await c.api("/events?after=&limit=2"));
  await expectDocumented("POST", "/api/sign-in-links", await c.api("/sign-in-links", { method: "POST" }));
  await expectDocumented("GET", "/api/stats", await c.api("/stats"));
}

async function checkProblems(c: RuntimeContext): Promise<void> {
  await expectDocumented("POST", "/webhooks", await c.post("{}", {}));
  await expectDocumented(
    "POST",
    "/webhooks",
    await c.post("{}", { ...c.sign("{}", { id: c.id() }), "webhook-signature": "v1,no" }),
  );
  await expectDocumented("GET", "/api/events", await c.api("/events?limit=x"));
  await expectDocumented("GET", "/api/events", await c.target.fetch("/api/events"));
  await expectDocumented("GET", event, await c.api("/events/evt_none"));
  await expectDocumented("GET", `${event}/raw`, await c.api("/events/evt_none/raw"));
  await expectDocumented(
    "POST",
    `${event}/recheck`,
    await c.api("/events/evt_none/recheck", { method: "POST" }),
  );
}

async function checkHealth(c: RuntimeContext): Promise<void> {
  await expectDocumented("GET", "/healthz", await c.target.fetch("/healthz"));
  await expectDocumented("GET", "/readyz", await c.target.fetch("/readyz"));
  const headers = { authorization: `Bearer ${c.target.adminToken}` };
  await expectDocumented("GET", "/metrics", await c.target.fetch("/metrics", { headers }));
}

/** The published OpenAPI document describes the real answers. */
export const documentedCases: readonly RuntimeCase[] = [
  { name: "openapi.json describes every successful answer", run: checkAnswers },
  { name: "openapi.json describes the problem documents", run: checkProblems },
  { name: "openapi.json describes the health checks and metrics", run: checkHealth },
];
