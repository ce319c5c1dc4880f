import { expect } from "vitest";
import type { RuntimeCase } from "../case.js";
import { expectProblem } from "../expect-answer.js";

const event = '{"type":"admin.case"}';

/** The admin API. */
export const apiCases: readonly RuntimeCase[] = [
  ...["/events", "/events/evt_1", "/events/evt_1/raw", "/stats", "/nothing"].map((path): RuntimeCase => ({
    name: `GET /api${path} needs the token`,
    run: async (c) => {
      const wrong = [
        undefined,
        "Bearer wrong",
        `Basic ${c.target.adminToken}`,
        "Bearer",
        `Bearer ${c.target.adminToken}x`,
      ];
      for (const authorization of wrong) {
        const headers = authorization === undefined ? {} : { authorization };
        const answer = await c.target.fetch(`/api${path}`, { headers } as RequestInit);
        expect(answer.headers.get("www-authenticate")).toMatch(/^Bearer/);
        await expectProblem(answer, 401, "unauthorized");
      }
    },
  })),
  {
    name: "recheck needs the token",
    run: async (c) => {
      await expectProblem(
        await c.target.fetch("/api/events/evt_1/recheck", { method: "POST" }),
        401,
        "unauthorized",
      );
    },
  },
  {
    name: "pages go newest first and cover every event once",
    run: async (c) => {
      const type = `paging.${c.id()}`;
      const ids = Array.from({ length: 7 }, () => c.id());
      for (const id of ids) await c.send(id, JSON.stringify({ type }));
      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const query: string = cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`;
        const page = (await (await c.api(`/events?type=${type}&limit=3${query}`)).json()) as {
          events: { id: string }[];
          nextCursor: string | null;
        };
        expect(page.events.length).toBeLessThanOrEqual(3);
        seen.push(...page.events.map(({ id }) => id));
        cursor = page.nextCursor;
      } while (cursor !== null);
      expect(seen).toEqual(ids.toReversed());
    },
  },
  {
    name: "filters by status, by type and by the beginning of an id",
    run: async (c) => {
      const id = c.id();
      await c.send(id, event);
      const found = async (query: string) =>
        ((await (await c.api(`/events?${query}`)).json()) as { events: { id: string }[] }).events.some(
          (row) => row.id === id,
        );
      expect(await found("limit=500&status=unrecognized")).toBe(true);
      expect(await found("limit=500&status=accepted")).toBe(false);
      expect(await found("limit=500&type=admin.case")).toBe(true);
      expect(await found("type=other.case")).toBe(false);
      expect(await found(`q=${id}`)).toBe(true);
      expect(await found(`q=${id.slice(0, -1)}`)).toBe(true);
      expect(await found("q=%25")).toBe(false);
    },
  },
  ...[
    "limit=0",
    "limit=501",
    "limit=x",
    "limit=1.5",
    "limit=-1",
    "status=lost",
    "cursor=nonsense",
    "stauts=accepted",
    "limit=1&limit=2",
    `q=${"x".repeat(257)}`,
  ].map((query): RuntimeCase => ({
    name: `GET /api/events?${query.slice(0, 20)} is a bad query`,
    run: async (c) => {
      await expectProblem(await c.api(`/events?${query}`), 400, "invalid_query");
    },
  })),
  {
    name: "an unknown id is not found, on every route",
    run: async (c) => {
      await expectProblem(await c.api("/events/evt_none"), 404, "not_found");
      await expectProblem(await c.api("/events/evt_none/raw"), 404, "not_found");
      await expectProblem(await c.api("/events/evt_none/recheck", { method: "POST" }), 404, "not_found");
      await expectProblem(await c.api("/events/evt_none?version=x"), 400, "invalid_query");
    },
  },
  {
    name: "other methods of the API are not allowed",
    run: async (c) => {
      await expectProblem(await c.api("/events", { method: "POST" }), 405, "method_not_allowed");
      await expectProblem(await c.api("/stats", { method: "DELETE" }), 405, "method_not_allowed");
      await expectProblem(await c.api("/events/evt_1/recheck"), 405, "method_not_allowed");
    },
  },
  {
    name: "stats count what happened",
    run: async (c) => {
      const stats = async () => (await (await c.api("/stats")).json()) as Record<string, number>;
      const before = await stats();
      const id = c.id();
      await c.send(id, event);
      await c.send(id, event);
      await c.send(id, `${event} `);
      const after = await stats();
      const grown = (name: string) => (after[name] as number) - (before[name] as number);
      expect([grown("unrecognized"), grown("duplicates"), grown("conflicts"), grown("accepted")]).toEqual([
        1, 1, 1, 0,
      ]);
    },
  },
  {
    name: "recheck classifies an event again and returns its status",
    run: async (c) => {
      const id = c.id();
      await c.send(id, event);
      const answer = await c.api(`/events/${id}/recheck`, { method: "POST" });
      expect(await answer.json()).toMatchObject({
        id,
        status: "unrecognized",
        previousStatus: "unrecognized",
        deliveries: [],
      });
    },
  },
  {
    name: "raw bytes are never served as a page",
    run: async (c) => {
      const id = c.id();
      await c.send(id, "<script>alert(1)</script>");
      const answer = await c.api(`/events/${id}/raw`);
      expect(answer.headers.get("content-type")).toBe("application/octet-stream");
      expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    },
  },
];
