import { verifySignature } from "@sessionhook/core";
import { expect } from "vitest";
import type { RuntimeCase } from "../case.js";
import type { RuntimeContext } from "../context.js";
import { expectProblem } from "../expect-answer.js";

interface FeedPage {
  readonly events: readonly (Readonly<Record<string, unknown>> & {
    readonly id: string;
    readonly version: number;
    readonly position: string;
    readonly body?: string;
    readonly bodyBase64?: string;
  })[];
  readonly position: string;
  readonly end: boolean;
  readonly settleSeconds: number;
}

const page = async (c: RuntimeContext, query: Record<string, string>): Promise<FeedPage> =>
  (await c.api(`/events?${new URLSearchParams(query).toString()}`)).json() as Promise<FeedPage>;

/** Reads pages to the end. */
async function readAll(c: RuntimeContext, query: Record<string, string>): Promise<FeedPage["events"]> {
  const events: FeedPage["events"][number][] = [];
  let after = query["after"] ?? "";
  for (;;) {
    const next = await page(c, { ...query, after });
    events.push(...next.events);
    if (next.end) return events;
    expect(next.position).not.toBe(after);
    after = next.position;
  }
}

const bytesOf = ({ body, bodyBase64 = "" }: FeedPage["events"][number]): Buffer =>
  body === undefined ? Buffer.from(bodyBase64, "base64") : Buffer.from(body, "utf8");

/** `GET /api/events?after=`: the event log, oldest first, for programs that follow or copy it. */
export const feedCases: readonly RuntimeCase[] = [
  {
    name: "the feed has every event once, oldest first, whatever the page size",
    run: async (c) => {
      const type = `feed.${c.id()}`;
      const ids = Array.from({ length: 5 }, () => c.id());
      for (const id of ids) await c.send(id, JSON.stringify({ type }));
      for (const limit of ["1", "2", "500"]) {
        const events = await readAll(c, { after: "", type, limit });
        expect(events.map(({ id }) => id)).toEqual(ids);
      }
    },
  },
  {
    name: "the feed goes on after any position, those of the list included",
    run: async (c) => {
      const type = `feed.${c.id()}`;
      const ids = Array.from({ length: 4 }, () => c.id());
      const body = JSON.stringify({ type });
      for (const id of ids.slice(0, 3)) await c.send(id, body);
      const list = (await (await c.api(`/events?type=${type}`)).json()) as FeedPage;
      const [, middle, first] = list.events;
      expect(first?.id).toBe(ids[0]);
      const rest = await readAll(c, { after: middle?.position ?? "none", type });
      expect(rest.map(({ id }) => id)).toEqual([ids[2]]);
      const { position, end } = await page(c, { after: rest[0]?.position ?? "none", type });
      expect(end).toBe(true);
      expect(await readAll(c, { after: position, type })).toEqual([]);
      await c.send(ids[3] as string, body);
      expect((await readAll(c, { after: position, type })).map(({ id }) => id)).toEqual([ids[3]]);
    },
  },
  {
    name: "the feed has the exact bytes and the headers that prove them, conflicts included",
    run: async (c) => {
      const id = c.id();
      const bodies = [
        '\ufeff{"a": 1.0, "b": 12345678901234567890}\r\n',
        Uint8Array.of(0, 255, 254, 13, 10),
        "",
        "Zoë \u0000 \u2028 \ud83d\ude00",
        new Uint8Array(100_000).fill(0xfe),
      ].map((body) => (typeof body === "string" ? new TextEncoder().encode(body) : body));
      for (const body of bodies) expect((await c.send(id, body)).status).toBe(200);
      const events = await readAll(c, { after: "", q: id });
      expect(events.map(({ version }) => version)).toEqual([1, 2, 3, 4, 5]);
      for (const [index, event] of events.entries()) {
        expect(bytesOf(event).equals(bodies[index] as Uint8Array)).toBe(true);
        const answer = await c.api(`/events/${id}/headers?version=${event.version}`);
        const headers = (await answer.json()) as Record<string, string>;
        expect(headers["webhook-signature"]).toBe(event["signature"]);
        const verified = verifySignature(await c.raw(id, event.version), {
          headers,
          secrets: [...c.target.secrets],
        });
        expect(verified.id).toBe(id);
      }
    },
  },
  {
    name: "the feed accepts the filters of the list, and rejects an invalid position",
    run: async (c) => {
      const id = c.id();
      await c.send(id, '{"type":"feed.other"}');
      const found = async (query: Record<string, string>) =>
        (await readAll(c, { after: "", q: id, ...query })).length;
      expect([await found({}), await found({ status: "unrecognized" })]).toEqual([1, 1]);
      expect([await found({ status: "accepted" }), await found({ type: "x" })]).toEqual([0, 0]);
      for (const query of ["after=nonsense", `after=${"x".repeat(600)}`, "after=&cursor=before-1"])
        await expectProblem(await c.api(`/events?${query}`), 400, "invalid_query");
      await expectProblem(await c.api("/events/evt_none/headers"), 404, "not_found");
    },
  },
  {
    name: "exports of events have the rows of the list, or those of the feed with their bodies",
    run: async (c) => {
      const type = `feed.${c.id()}`;
      const ids = Array.from({ length: 3 }, () => c.id());
      for (const id of ids) await c.send(id, JSON.stringify({ type, name: "Zoë" }));
      const query = `type=${type}&limit=2&format=ndjson`;
      const lines = async (more: string) => {
        const answer = await c.api(`/events?${query}${more}`);
        expect(answer.headers.get("content-type")).toBe("application/x-ndjson");
        return (await answer.text())
          .trimEnd()
          .split("\n")
          .map((line) => JSON.parse(line) as unknown);
      };
      const { events } = (await (await c.api(`/events?type=${type}`)).json()) as FeedPage;
      expect(await lines("")).toEqual(events);
      expect(await lines("&after=")).toEqual(await readAll(c, { after: "", type }));
      const headers = { authorization: `Bearer ${c.target.adminToken}`, accept: "text/csv" };
      const csv = await c.target.fetch(`/api/events?after=&type=${type}`, { headers });
      expect(csv.headers.get("content-disposition")).toMatch(/^attachment; filename="events-[\d-]+\.csv"$/);
      const [head, ...rows] = (await csv.text()).trimEnd().split("\r\n");
      expect(head).toBe("id,version,type,status,receivedAt,attemptTimestamp,size,duplicates,position");
      expect(rows.map((row) => row.split(",")[0])).toEqual(ids);
      await expectProblem(await c.api("/events?format=xml"), 400, "invalid_query");
    },
  },
];
