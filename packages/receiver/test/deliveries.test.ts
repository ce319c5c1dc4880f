import { SigningSecrets } from "@sessionhook/core";
import { secret } from "@sessionhook/conformance/signed-message";
import { createReceiver } from "@sessionhook/receiver";
import { createMemoryStore } from "@sessionhook/stores/memory";
import { describe, expect, it } from "vitest";
import { deliveryServer, event, failed, start } from "./delivery-server.js";

const problem = (status: number, code: string) => ({
  status,
  body: expect.objectContaining({ status, code }),
});

describe("/api/destinations", () => {
  it("lists the configured ones in their order with state and counts, then the orphaned ones", async () => {
    const { json, deliveries, clock } = await deliveryServer();
    await deliveries.store.register(["gone"], start);
    await deliveries.attempt("crm", { outcome: { outcome: "delivered" }, next: { state: "delivered" } }, 1);
    await deliveries.attempt("crm", { outcome: failed, next: { state: "dead" } }, 1);
    await deliveries.setState("chat", { status: "blocked", reason: { code: "no_service" }, since: start });
    clock.now += 90_000;
    const { status, body } = await json("GET", "/api/destinations");
    expect(status).toBe(200);
    expect(body.nextCursor).toBeNull();
    expect(body.destinations).toMatchObject([
      { name: "crm", type: "http", target: "https://crm.example.com", state: "ready", open: 1, dead: 1 },
      { name: "chat", state: "blocked", reason: { code: "no_service" }, since: start, open: 2, skipped: 1 },
      { name: "gone", type: null, target: null, state: "orphaned", open: 0, oldestDueSeconds: null },
    ]);
    expect(body.destinations[0]).toMatchObject({ delivered: 1, oldestDueSeconds: 90 });
  });

  it("lists page by page, and refuses parameters that a list does not have", async () => {
    const { json } = await deliveryServer();
    const listed = async (query: string) => {
      const { destinations, nextCursor } = (await json("GET", `/api/destinations?${query}`)).body;
      return [(destinations as { name: string }[]).map(({ name }) => name), nextCursor];
    };
    expect(await listed("")).toEqual([["crm", "chat"], null]);
    expect(await listed("limit=1")).toEqual([["crm"], "crm"]);
    expect(await listed("limit=1&cursor=crm")).toEqual([["chat"], null]);
    for (const query of ["limit=0", "limit=501", "state=ready", "limit=1&limit=2", "cursor=none"])
      expect(await json("GET", `/api/destinations?${query}`)).toEqual(problem(400, "invalid_query"));
  });

  it("counts nothing as due before the end of a pause that the destination asked for", async () => {
    const { json, deliveries, clock } = await deliveryServer();
    await deliveries.setState("crm", { pacedUntil: start + 600_000 });
    clock.now += 300_000;
    const crm = async () => (await json("GET", "/api/destinations")).body.destinations[0];
    expect(await crm()).toMatchObject({ state: "ready", open: 3, oldestDueSeconds: null });
    clock.now = start + 605_000;
    expect(await crm()).toMatchObject({ open: 3, oldestDueSeconds: 5 });
  });

  it("pauses and resumes, answers the new state, and looks for work", async () => {
    const { json, deliveries } = await deliveryServer();
    expect(await json("POST", "/api/destinations/crm/pause")).toMatchObject({
      status: 200,
      body: { name: "crm", state: "paused", open: 3 },
    });
    expect(await json("POST", "/api/destinations/crm/resume")).toMatchObject({ body: { state: "ready" } });
    expect(deliveries.woken).toBe(2);
    for (const operation of ["pause", "resume", "test"])
      expect(await json("POST", `/api/destinations/${encodeURIComponent("a/b")}/${operation}`)).toEqual(
        problem(404, "not_found"),
      );
    const other = await json("GET", "/api/destinations/crm/pause");
    expect(other).toEqual(problem(405, "method_not_allowed"));
  });

  it("reports a failed test as a result", async () => {
    const { json, deliveries } = await deliveryServer();
    expect(await json("POST", "/api/destinations/crm/test")).toEqual({
      status: 200,
      body: { destination: "crm", outcome: "delivered", reason: null },
    });
    deliveries.testOutcome = failed;
    expect((await json("POST", "/api/destinations/crm/test")).body).toEqual({
      destination: "crm",
      outcome: "retry",
      reason: failed.outcome === "retry" ? failed.reason : null,
    });
    expect(deliveries.tested).toEqual(["crm", "crm"]);
    await deliveries.store.register(["gone"], start);
    expect(await json("POST", "/api/destinations/gone/test")).toEqual(problem(404, "not_found"));
  });
});

describe("/api/deliveries", () => {
  it("pages newest first, filters by destination, state and event", async () => {
    const { json, deliveries } = await deliveryServer();
    await deliveries.attempt("crm", { outcome: failed, next: { state: "dead" } }, 1);
    const seen: string[] = [];
    for (let cursor: string | null = ""; cursor !== null;) {
      const query: string = cursor === "" ? "" : `&cursor=${encodeURIComponent(cursor)}`;
      const { body } = await json("GET", `/api/deliveries?limit=4${query}`);
      seen.push(...body.deliveries.map((one: { eventId: string; destination: string }) => one.eventId));
      cursor = body.nextCursor as string | null;
    }
    expect(seen).toEqual(["evt_3", "evt_3", "evt_2", "evt_2", "evt_1", "evt_1"]);
    const dead = (await json("GET", "/api/deliveries?state=dead&destination=crm")).body;
    expect(dead.deliveries).toMatchObject([
      { eventId: "evt_1", destination: "crm", state: "dead", attemptCount: 1, reason: { code: "http_500" } },
    ]);
    const skipped = (await json("GET", "/api/deliveries?event=evt_3&state=skipped")).body;
    expect(skipped.deliveries).toMatchObject([{ destination: "chat", reason: { code: "filter_error" } }]);
    for (const query of ["state=lost", "limit=0", "limit=501", "destination=", "cursor=nonsense", "events=a"])
      expect(await json("GET", `/api/deliveries?${query}`), query).toEqual(problem(400, "invalid_query"));
  });

  it("names a destination that there is not, and lists none of one that has none", async () => {
    const { json, deliveries } = await deliveryServer();
    await deliveries.store.register(["gone"], start);
    for (const name of ["gone", "crm&state=dead"])
      expect(await json("GET", `/api/deliveries?destination=${name}`)).toMatchObject({
        body: { deliveries: [], nextCursor: null },
      });
    expect(await json("GET", "/api/deliveries?destination=crn")).toEqual({
      status: 400,
      body: expect.objectContaining({ code: "invalid_query", detail: 'destination "crn" is unknown' }),
    });
  });

  it("shows a delivery with its attempts, and sends it now", async () => {
    const { json, deliveries, clock } = await deliveryServer();
    await deliveries.attempt("crm", { outcome: failed, next: { state: "dead" } }, 1);
    const { id } = (await json("GET", "/api/deliveries?state=dead")).body.deliveries[0];
    const { body } = await json("GET", `/api/deliveries/${id}`);
    expect(body).toMatchObject({
      id,
      state: "dead",
      attemptCount: 1,
      attempts: [{ number: 1, outcome: "retry", durationMs: 12, reason: { status: 500 } }],
    });
    clock.now += 1000;
    const retried = await json("POST", `/api/deliveries/${id}/retry`);
    expect(retried).toMatchObject({ status: 200, body: { id, state: "waiting", dueAt: clock.now } });
    expect(deliveries.woken).toBe(1);
    for (const [method, path] of [
      ["GET", "/api/deliveries/none"],
      ["POST", "/api/deliveries/none/retry"],
      ["POST", "/api/deliveries/%00/retry"],
    ] as const)
      expect(await json(method, path), path).toEqual(problem(404, "not_found"));
  });

  it("are in the answers about an event", async () => {
    const { json, deliveries, store } = await deliveryServer();
    const { body } = await json("GET", "/api/events/evt_3");
    expect(body.deliveries).toMatchObject([
      { destination: "chat", state: "skipped" },
      { destination: "crm", state: "waiting" },
    ]);
    const raw = new TextEncoder().encode('{"type":"unknown.type"}');
    await store.append([event("evt_odd", { status: "quarantined", raw })]);
    const rechecked = await json("POST", "/api/events/evt_odd/recheck");
    expect(rechecked.body).toMatchObject({ previousStatus: "quarantined", deliveries: [] });
    expect(deliveries.woken).toBe(1);
  });
});

describe("where nothing is delivered", () => {
  it("answers 404 with the reason", async () => {
    const { fetch } = createReceiver({
      store: createMemoryStore(),
      secrets: new SigningSecrets(secret),
      adminToken: "token",
    });
    for (const [method, path] of [
      ["GET", "/api/destinations"],
      ["POST", "/api/destinations/crm/test"],
      ["GET", "/api/deliveries"],
      ["GET", "/api/deliveries/dlv_1"],
      ["POST", "/api/deliveries/dlv_1/retry"],
      ["POST", "/api/events/evt_1/replay"],
      ["GET", "/api/replays"],
      ["POST", "/api/replays"],
      ["GET", "/api/replays/rpl_1"],
      ["DELETE", "/api/replays/rpl_1"],
    ] as const) {
      const headers = { authorization: "Bearer token" };
      const answer = await fetch(new Request(`http://localhost:8787${path}`, { method, headers }));
      const body = (await answer.json()) as { detail: string };
      expect({ status: answer.status, body }, path).toEqual(problem(404, "not_found"));
      expect(body.detail).toContain("does not deliver");
      const stranger = await fetch(new Request(`http://localhost:8787${path}`, { method }));
      expect(stranger.status).toBe(401);
    }
  });
});
