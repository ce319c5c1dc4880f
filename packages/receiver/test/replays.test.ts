import { describe, expect, it } from "vitest";
import { deliveryServer, failed } from "./delivery-server.js";

const problem = (status: number, code: string) => ({
  status,
  body: expect.objectContaining({ status, code }),
});

describe("/api/replays", () => {
  it("counts with dryRun and creates nothing", async () => {
    const { json, deliveries } = await deliveryServer();
    await deliveries.attempt("crm", { outcome: failed, next: { state: "dead" } }, 2);
    expect((await json("POST", "/api/replays", { dryRun: true })).body).toEqual({
      id: null,
      matched: 2,
      exact: true,
      samples: [
        expect.objectContaining({ eventId: "evt_1", destination: "crm" }),
        expect.objectContaining({ eventId: "evt_2", destination: "crm" }),
      ],
    });
    expect((await json("GET", "/api/replays")).body).toEqual({ replays: [], nextCursor: null });
    expect(deliveries.woken).toBe(0);
  });

  it("starts, lists, shows and cancels", async () => {
    const { json, deliveries } = await deliveryServer();
    await deliveries.attempt("crm", { outcome: failed, next: { state: "dead" } });
    const body = {
      destinations: ["crm", "crm"],
      kind: "failed",
      rate: 5,
      from: 0,
      when: "has(person.email)",
    };
    const { status, body: started } = await json("POST", "/api/replays", body);
    expect([status, started.matched]).toEqual([200, 3]);
    expect(deliveries.woken).toBe(1);
    const shown = (await json("GET", `/api/replays/${started.id}`)).body;
    expect(shown).toMatchObject({
      id: started.id,
      state: "running",
      matched: 0,
      counts: { waiting: 0, delivering: 0, delivered: 0, skipped: 0, dead: 0 },
      spec: { destinations: ["crm"], kind: "failed", rate: 5, from: 0, when: "has(person.email)" },
    });
    expect((await json("GET", "/api/replays")).body.replays).toEqual([shown]);
    const cancelled = await json("DELETE", `/api/replays/${started.id}`);
    expect(cancelled).toMatchObject({ status: 200, body: { state: "cancelled" } });
    expect((await json("DELETE", `/api/replays/${started.id}`)).body).toEqual(cancelled.body);
    expect(await json("DELETE", "/api/replays/rpl_99")).toEqual(problem(404, "not_found"));
    expect(await json("GET", "/api/replays/rpl_99")).toEqual(problem(404, "not_found"));
    expect(await json("PUT", `/api/replays/${started.id}`)).toEqual(problem(405, "method_not_allowed"));
  });

  it.each(["by the signal of the request", "by the server"])(
    "starts nothing for a client that left while it counted, seen %s",
    async (seen) => {
      const { call, deliveries, json } = await deliveryServer();
      const [left, counting] = [new AbortController(), Promise.withResolvers<void>()];
      const dryRun = deliveries.dryRun.bind(deliveries);
      deliveries.dryRun = async (spec) => {
        await counting.promise;
        return dryRun(spec);
      };
      const signalled = seen.includes("signal");
      const answer = call(
        "POST",
        "/api/replays",
        { kind: "all" },
        {},
        {
          signal: signalled ? left.signal : null,
          server: { clientGone: () => !signalled && left.signal.aborted },
        },
      );
      counting.resolve();
      // Counting can block the thread, so that the end of the connection is read only afterwards.
      setTimeout(() => left.abort(), 0);
      expect(await (await answer).json()).toMatchObject({ id: null, matched: 6 });
      expect((await json("GET", "/api/replays")).body.replays).toEqual([]);
      expect(deliveries.woken).toBe(0);
    },
  );

  it("lists page by page, and refuses parameters that a list does not have", async () => {
    const { json } = await deliveryServer();
    const ids = [];
    for (let i = 0; i < 3; i++)
      ids.unshift((await json("POST", "/api/replays", { kind: "all" })).body.id as string);
    const listed = async (query: string) => {
      const { replays, nextCursor } = (await json("GET", `/api/replays?${query}`)).body;
      return [(replays as { id: string }[]).map(({ id }) => id), nextCursor];
    };
    const [first, cursor] = await listed("limit=2");
    expect([first, cursor]).toEqual([ids.slice(0, 2), expect.any(String)]);
    expect(await listed(`limit=2&cursor=${String(cursor)}`)).toEqual([ids.slice(2), null]);
    for (const query of ["limit=0", "limit=501", "state=running", "limit=1&limit=2"])
      expect(await json("GET", `/api/replays?${query}`)).toEqual(problem(400, "invalid_query"));
    expect(await json("GET", "/api/replays?cursor=none")).toEqual(problem(400, "invalid_query"));
  });

  it("replays one event, to the given destinations or to all", async () => {
    const { json } = await deliveryServer();
    const all = (await json("POST", "/api/events/evt_1/replay")).body;
    expect(all.spec).toMatchObject({ events: ["evt_1"], kind: "all", destinations: ["crm", "chat"] });
    const one = (await json("POST", "/api/events/evt_1/replay", { destinations: ["chat"] })).body;
    expect(one.spec.destinations).toEqual(["chat"]);
    expect(await json("POST", "/api/events/evt_none/replay")).toEqual(problem(404, "not_found"));
  });

  it.each([
    ["an array", []],
    ["null", null],
    ["a text", '"failed"'],
    ["not JSON", "{"],
    ["an unknown key", { kinds: "all" }],
    ["a key that is given twice", '{"dryRun":true,"dryRun":false}'],
    ["a key that is given twice, once escaped", '{"dryRun":true,"kind":"all","dry\\u0052un" : false}'],
    ["an unknown kind", { kind: "some" }],
    ["an unknown destination", { destinations: ["crm", "CRM"] }],
    ["no destination", { destinations: [] }],
    ["a destination that is no text", { destinations: [1] }],
    ["a time that is no number", { from: "2026-01-01" }],
    ["a time with a fraction", { from: 1.5 }],
    ["an empty span", { from: 5, to: 5 }],
    ["a conflict", { status: "conflict" }],
    ["a rate of nothing", { rate: 0 }],
    ["a rate of too much", { rate: 10_001 }],
    ["a filter with an error", { when: "bad" }],
    ["a filter that is too long", { when: "x".repeat(4097) }],
    ["dryRun that is no boolean", { dryRun: "yes" }],
    ["too many events", { events: Array.from({ length: 101 }, (_, i) => `evt_${i}`) }],
  ])("refuses %s", async (_, body) => {
    const { json, deliveries } = await deliveryServer();
    const answer = await json("POST", "/api/replays", body);
    expect(answer).toEqual(problem(400, "invalid_body"));
    expect(answer.body.detail.length).toBeLessThan(300);
    expect((await deliveries.store.replays({ limit: 1 })).replays).toEqual([]);
  });

  it("refuses bytes that are not UTF-8, large bodies and other media types, and reads no body as {}", async () => {
    const { json, call } = await deliveryServer();
    const plain = await json("POST", "/api/replays", "{}", { "content-type": "text/plain" });
    expect(plain).toEqual(problem(415, "unsupported_media_type"));
    const bytes = await json("POST", "/api/replays", new Uint8Array([0x7b, 0xff, 0x7d]));
    expect(bytes).toEqual(problem(400, "invalid_body"));
    const large = await json("POST", "/api/replays", { when: "x".repeat(70_000) });
    expect(large).toEqual(problem(413, "payload_too_large"));
    const gzip = { "content-encoding": "gzip" };
    for (const path of ["/api/replays", "/api/events/evt_1/replay"])
      expect(await json("POST", path, "{}", gzip)).toEqual(problem(415, "unsupported_content_encoding"));
    const charset = { "content-type": "application/json; charset=utf-8" };
    expect((await call("POST", "/api/replays", "{}", charset)).status).toBe(200);
    expect((await call("POST", "/api/replays")).status).toBe(200);
  });

  it("names what is wrong, and repeats no long text", async () => {
    const { json } = await deliveryServer();
    const detail = async (body: unknown) => (await json("POST", "/api/replays", body)).body.detail as string;
    expect(await detail({ kinds: "all" })).toBe('unknown key "kinds"');
    expect(await detail({ kind: "some" })).toBe("kind must be one of failed, missing, all");
    expect(await detail({ destinations: ["nope"] })).toBe('destinations: "nope" is not configured');
    expect(await detail({ destinations: ["n".repeat(256)] })).not.toContain("n".repeat(65));
    expect(await detail({ when: "bad" })).toBe("when: unknown name bad at 1:1");
    expect(await detail('{"dryRun":true,"dryRun":false}')).toBe('the key "dryRun" is given twice');
    const lookalike = { type: '"type":1,\\"type":2', when: '"dryRun":', dryRun: true };
    expect((await json("POST", "/api/replays", lookalike)).status).toBe(200);
    expect(await detail([])).toBe("the body must be a JSON object");
  });

  it("has nothing to replay to without destinations", async () => {
    const { json, deliveries } = await deliveryServer();
    deliveries.configured = [];
    expect(await json("POST", "/api/replays")).toEqual(problem(400, "invalid_body"));
    expect(await json("POST", "/api/events/evt_1/replay")).toEqual(problem(400, "invalid_body"));
  });
});
