import { payloads } from "@sessionhook/fixtures";
import { expect } from "vitest";
import type { RuntimeCase } from "../case.js";
import type { RuntimeContext } from "../context.js";
import { expectProblem } from "../expect-answer.js";
import { expectDocumented } from "../openapi.js";

/** The routes of deliveries, by the path in openapi.json. */
const routes = [
  ["GET", "/destinations", "/api/destinations"],
  ["POST", "/destinations/none/test", "/api/destinations/{name}/test"],
  ["POST", "/destinations/none/pause", "/api/destinations/{name}/pause"],
  ["POST", "/destinations/none/resume", "/api/destinations/{name}/resume"],
  ["POST", "/destinations/none/discard", "/api/destinations/{name}/discard"],
  ["GET", "/deliveries", "/api/deliveries"],
  ["GET", "/deliveries/none", "/api/deliveries/{id}"],
  ["POST", "/deliveries/none/retry", "/api/deliveries/{id}/retry"],
  ["POST", "/events/none/replay", "/api/events/{id}/replay"],
  ["GET", "/replays", "/api/replays"],
  ["POST", "/replays", "/api/replays"],
  ["GET", "/replays/none", "/api/replays/{id}"],
  ["DELETE", "/replays/none", "/api/replays/{id}"],
] as const;

const delivers = "it delivers";
const deliversNothing = "its store has no deliveries yet";

/** Runtimes and stores that deliver nothing say so. */
export const notDeliveringCases: readonly RuntimeCase[] = [
  {
    name: "without deliveries, their routes answer 404 and say why",
    except: { node: delivers, bun: delivers, deno: delivers },
    run: async (c) => {
      for (const [method, path, documented] of routes) {
        const answer = await c.api(path, { method });
        await expectDocumented(method, documented, answer.clone());
        const { detail } = await expectProblem(answer, 404, "not_found");
        expect(detail).toContain("does not deliver");
        await expectProblem(await c.target.fetch(`/api${path}`, { method }), 401, "unauthorized");
      }
    },
  },
];

type Json = Record<string, unknown>;

const jsonOf = async (answer: Response) => (await answer.json()) as Json;

function send(c: RuntimeContext, method: string, path: string, body: unknown): Promise<Response> {
  const headers = { authorization: `Bearer ${c.target.adminToken}`, "content-type": "application/json" };
  return c.target.fetch(`/api${path}`, { method, headers, body: JSON.stringify(body) });
}

/** Returns the name of a configured destination. */
async function destinationOf(c: RuntimeContext): Promise<string> {
  const { destinations } = await jsonOf(await c.api("/destinations"));
  const [first] = destinations as readonly { name: string }[];
  return first?.name ?? expect.fail("the app has no destination");
}

/** Sends an accepted event, waits until it is routed, and returns its id and that of a delivery. */
async function routedEvent(c: RuntimeContext): Promise<{ event: string; delivery: string }> {
  const event = c.id();
  await c.send(event, JSON.stringify(payloads.minimal("identity.resolved")));
  for (let tries = 0; tries < 100; tries++) {
    const { deliveries } = await jsonOf(await c.api(`/deliveries?event=${encodeURIComponent(event)}`));
    const [first] = deliveries as readonly { id: string }[];
    if (first !== undefined) return { event, delivery: first.id };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return expect.fail("the event was not routed within 10 s");
}

const operations: readonly RuntimeCase[] = [
  {
    name: "destinations are listed, paused and resumed as openapi.json describes",
    run: async (c) => {
      const name = await destinationOf(c);
      await expectDocumented("GET", "/api/destinations", await c.api("/destinations"));
      for (const [operation, state] of [
        ["pause", "paused"],
        ["resume", "ready"],
      ] as const) {
        const answer = await c.api(`/destinations/${name}/${operation}`, { method: "POST" });
        await expectDocumented("POST", `/api/destinations/{name}/${operation}`, answer.clone());
        expect(await jsonOf(answer)).toMatchObject({ name, state });
      }
      const refused = await c.api(`/destinations/${name}/discard`, { method: "POST" });
      await expectDocumented("POST", "/api/destinations/{name}/discard", refused.clone());
      expect((await expectProblem(refused, 404, "not_found")).detail).toContain("is in the configuration");
      const tested = await c.api(`/destinations/${name}/test`, { method: "POST" });
      await expectDocumented("POST", "/api/destinations/{name}/test", tested);
    },
  },
  {
    name: "an accepted event gets deliveries, which the API lists, shows and retries",
    run: async (c) => {
      const { event, delivery } = await routedEvent(c);
      const path = `/deliveries?event=${encodeURIComponent(event)}`;
      await expectDocumented("GET", "/api/deliveries", await c.api(path));
      await expectDocumented("GET", "/api/deliveries/{id}", await c.api(`/deliveries/${delivery}`));
      const shown = await c.api(`/events/${event}`);
      await expectDocumented("GET", "/api/events/{id}", shown.clone());
      expect((await jsonOf(shown))["deliveries"]).toContainEqual(
        expect.objectContaining({ id: delivery, eventId: event }),
      );
      const retried = await c.api(`/deliveries/${delivery}/retry`, { method: "POST" });
      await expectDocumented("POST", "/api/deliveries/{id}/retry", retried);
    },
  },
  {
    name: "replays are counted, started, shown and cancelled as openapi.json describes",
    run: async (c) => {
      const { event } = await routedEvent(c);
      const selection = { kind: "all", events: [event], rate: 0.01 };
      const counted = await send(c, "POST", "/replays", { ...selection, dryRun: true });
      await expectDocumented("POST", "/api/replays", counted.clone());
      expect(await jsonOf(counted)).toMatchObject({ id: null, exact: true });
      const started = await send(c, "POST", "/replays", selection);
      await expectDocumented("POST", "/api/replays", started.clone());
      const { id } = (await jsonOf(started)) as { id: string };
      await expectDocumented("GET", "/api/replays/{id}", await c.api(`/replays/${id}`));
      await expectDocumented("GET", "/api/replays", await c.api("/replays"));
      const cancelled = await c.api(`/replays/${id}`, { method: "DELETE" });
      await expectDocumented("DELETE", "/api/replays/{id}", cancelled.clone());
      expect((await jsonOf(cancelled))["state"]).not.toBe("running");
      const again = await c.api(`/events/${event}/replay`, { method: "POST" });
      await expectDocumented("POST", "/api/events/{id}/replay", again);
    },
  },
  {
    name: "bodies of replays are checked: JSON, content type, size, members",
    run: async (c) => {
      const refused = async (answer: Response, status: number, code: string) => {
        await expectDocumented("POST", "/api/replays", answer.clone());
        await expectProblem(answer, status, code);
      };
      await refused(await send(c, "POST", "/replays", { kinds: "all" }), 400, "invalid_body");
      await refused(await send(c, "POST", "/replays", []), 400, "invalid_body");
      await refused(await send(c, "POST", "/replays", { destinations: ["none such"] }), 400, "invalid_body");
      await refused(
        await send(c, "POST", "/replays", { when: "x".repeat(70_000) }),
        413,
        "payload_too_large",
      );
      const headers = { authorization: `Bearer ${c.target.adminToken}`, "content-type": "text/plain" };
      const plain = await c.target.fetch("/api/replays", { method: "POST", headers, body: "{}" });
      await refused(plain, 415, "unsupported_media_type");
      const form = { ...headers, "content-type": "application/x-www-form-urlencoded" };
      const posted = await c.target.fetch("/api/replays", { method: "POST", headers: form, body: "{}=" });
      await refused(posted, 415, "unsupported_media_type");
    },
  },
  {
    name: "unknown deliveries, destinations and replays answer 404, other methods 405",
    run: async (c) => {
      for (const [method, path, documented] of routes.filter(([, path]) => path.includes("none"))) {
        const answer = await c.api(path, { method });
        await expectDocumented(method, documented, answer.clone());
        await expectProblem(answer, 404, "not_found");
        const other = method === "DELETE" ? "PUT" : method === "GET" ? "PATCH" : "GET";
        await expectProblem(await c.api(path, { method: other }), 405, "method_not_allowed");
      }
    },
  },
  {
    name: "GET /metrics reports every destination",
    run: async (c) => {
      const name = await destinationOf(c);
      const headers = { authorization: `Bearer ${c.target.adminToken}` };
      const text = await (await c.target.fetch("/metrics", { headers })).text();
      for (const metric of [
        `deliveries_total{destination="${name}",outcome="delivered"}`,
        `deliveries_open{destination="${name}"}`,
        `oldest_due_seconds{destination="${name}"}`,
        `attempt_duration_seconds_count{destination="${name}"}`,
        `destination_state{destination="${name}",state="ready"}`,
        "router_lag_events",
      ])
        expect(text).toContain(`\nsessionhook_${metric} `);
    },
  },
];
/** The operation of deliveries, for apps with at least one destination that gets every accepted event. */
export const deliveryCases: readonly RuntimeCase[] = operations.map((one) => ({
  ...one,
  except: { "aws-lambda": deliversNothing, "cloudflare-workers": deliversNothing },
}));
