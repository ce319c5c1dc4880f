import type { FactStore } from "@sessionhook/core";
import { StoreError } from "@sessionhook/core";
import { describe, expect, it } from "vitest";
import { start, type Visit, visitServer } from "./visit-server.js";

const hostile = `=HYPERLINK("https://evil.example","a")`;
const many: readonly Visit[] = Array.from({ length: 1203 }, (_, i) => ({
  id: `ses_${i}`,
  startedAt: start + i * 1000,
  source: i % 2 === 0 ? "google" : hostile,
  campaign: `c${i % 700}`,
  person: `per_${i % 600}`,
  personName: i === 0 ? 'Zoë "Z"\r\nO\u2028 株式会社' : null,
  personEmail: i === 1 ? "@SUM(A1:A9)" : null,
  company: "com_1",
  companyName: "\tTab",
  companyEmployeeCount: -5,
}));

/** Reads CSV by RFC 4180. */
function parseCsv(text: string): string[][] {
  expect(text.endsWith("\r\n")).toBe(true);
  const records: string[][] = [];
  let record: string[] = [];
  for (const [, quoted, plain = "", end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    record.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === ",") continue;
    records.push(record);
    record = [];
  }
  return records;
}

describe("exports", () => {
  it("have the whole selection as CSV, without formulas", async () => {
    const { get } = await visitServer(many);
    const answer = await get("/sessions?limit=2", { accept: "text/csv" });
    expect(answer.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(answer.headers.get("content-disposition")).toBe('attachment; filename="sessions-2026-03-01.csv"');
    expect(answer.headers.get("cache-control")).toBe("no-store");
    const [head = [], ...rows] = parseCsv(await answer.text());
    expect(rows).toHaveLength(many.length);
    const cell = (row: readonly string[] | undefined, name: string) => row?.[head.indexOf(name)];
    expect(rows.map((row) => cell(row, "id"))).toEqual(many.map(({ id }) => id).toReversed());
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([head.length]));
    const [first, second] = [rows.at(-1), rows.at(-2)];
    expect(cell(first, "personName")).toBe('Zoë "Z"\r\nO\u2028 株式会社');
    expect(cell(first, "startedAt")).toBe("2026-03-01T12:00:00.000Z");
    expect(cell(first, "companyEmployeeCount")).toBe("-5");
    expect(cell(first, "companyName")).toBe("'\tTab");
    expect(cell(first, "bot")).toBe("false");
    expect(cell(first, "city")).toBe("");
    expect(cell(second, "source")).toBe(`'${hostile}`);
    expect(cell(second, "personEmail")).toBe("'@SUM(A1:A9)");
  });

  it("have the rows of the list as NDJSON, and apply its filters", async () => {
    const { get, json } = await visitServer(many);
    const answer = await get("/sessions?source=google", { accept: "application/x-ndjson" });
    expect(answer.headers.get("content-type")).toBe("application/x-ndjson");
    const lines = (await answer.text()).trimEnd().split("\n");
    expect(lines).toHaveLength(602);
    expect(lines.slice(0, 500).map((line) => JSON.parse(line) as unknown)).toEqual(
      (await json("/sessions?source=google&limit=500")).body.sessions,
    );
  });

  it.each([
    ["people", 600],
    ["companies", 1],
  ])("exist of %s", async (list, count) => {
    const { get } = await visitServer(many);
    const [head, ...rows] = parseCsv(await (await get(`/${list}?format=csv`)).text());
    expect(head).toEqual(expect.arrayContaining(["key", "firstSource", "lastCountry", "lastLandingPage"]));
    expect(rows).toHaveLength(count);
    const lines = (await (await get(`/${list}?format=ndjson`)).text()).trimEnd().split("\n");
    expect(lines).toHaveLength(count);
  });

  it("exist of attribution: the sum of all rows is that of all sessions", async () => {
    const { get } = await visitServer(many);
    const [head = [], ...rows] = parseCsv(await (await get("/attribution?by=campaign&format=csv")).text());
    expect(head).toEqual(["value", "values", "sessions", "people", "companies"]);
    expect(rows).toHaveLength(501);
    const sum = (at: number) => rows.reduce((total, row) => total + Number(row[at]), 0);
    expect([sum(1), sum(2)]).toEqual([700, 1203]);
    const ndjson = await get("/attribution?by=source", { accept: "application/x-ndjson" });
    const lines = (await ndjson.text()).trimEnd().split("\n");
    expect(lines.map((line) => (JSON.parse(line) as { value: string }).value)).toEqual(["google", hostile]);
  });

  it("exist of events: newest first without bodies, or oldest first from a position on with them", async () => {
    const { get, json } = await visitServer(many);
    const [head = [], ...rows] = parseCsv(await (await get("/events?format=csv")).text());
    expect(head.slice(0, 4)).toEqual(["id", "version", "type", "status"]);
    expect(rows.map(([id]) => id)).toEqual(many.map(({ id }) => `evt_${id}`).toReversed());
    const { position } = (await json("/events?after=&limit=3")).body;
    const feed = await get(`/events?after=${position as string}`, { accept: "application/x-ndjson" });
    const events = (await feed.text()).trimEnd().split("\n");
    expect(events).toHaveLength(1200);
    expect(JSON.parse(events[0] ?? "")).toMatchObject({ id: "evt_ses_3", body: JSON.stringify(many[3]) });
    const bodiless = await (await get(`/events?after=&format=csv`)).text();
    expect(parseCsv(bodiless)).toHaveLength(1204);
    expect(bodiless).not.toContain("google");
  });

  it.each([
    [undefined, "application/json"],
    ["*/*", "application/json"],
    ["text/html,application/xhtml+xml,*/*;q=0.8", "application/json"],
    ["application/json, text/csv;q=0.9", "application/json"],
    ["text/csv;q=0.1, application/json;q=0.01", "text/csv; charset=utf-8"],
    ["TEXT/CSV", "text/csv; charset=utf-8"],
    ["text/csv, */*", "text/csv; charset=utf-8"],
    ["text/csv;q=0", "application/json"],
    ["text/csv;q=x;;,,/", "text/csv; charset=utf-8"],
    ["application/x-ndjson; charset=utf-8", "application/x-ndjson"],
  ])("for Accept: %s the type is %s", async (accept, type) => {
    const { get } = await visitServer(many.slice(0, 1));
    const answer = await get("/sessions", accept === undefined ? {} : { accept });
    expect(answer.headers.get("content-type")).toBe(type);
    expect((await get("/sessions?format=json", { accept: accept ?? "" })).headers.get("content-type")).toBe(
      "application/json",
    );
  });

  it("answer a problem where nothing can be read, or the query is wrong", async () => {
    const failing = failingAt(1);
    const { get } = await visitServer(many, failing.wrap);
    const answer = await get("/sessions", { accept: "text/csv" });
    expect([answer.status, answer.headers.get("content-type")]).toEqual([503, "application/problem+json"]);
    expect((await get("/sessions?format=csv&from=x")).status).toBe(400);
    expect((await get("/sessions/none", { accept: "text/csv" })).status).toBe(404);
  });

  it("end broken where the store fails in the middle", async () => {
    const failing = failingAt(2);
    const { get } = await visitServer(many, failing.wrap);
    const answer = await get("/sessions?format=ndjson");
    expect(answer.status).toBe(200);
    let text = "";
    const read = async () => {
      for await (const chunk of answer.body as ReadableStream<Uint8Array>)
        text += new TextDecoder().decode(chunk);
    };
    await expect(read()).rejects.toThrow("broke off");
    const lines = text.split("\n");
    expect(lines).toHaveLength(501);
    expect(() => JSON.parse(lines.at(-1) ?? "") as unknown).toThrow();
    expect(text).not.toContain("disk");
  });

  it("read nothing for HEAD after the first page, and nothing after the client has gone", async () => {
    const counting = failingAt(Number.POSITIVE_INFINITY);
    const { get, receiver } = await visitServer(many, counting.wrap);
    const answer = await get("/sessions?format=csv");
    const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
    await reader.read();
    await reader.cancel();
    const headers = { authorization: `Bearer ${"x".repeat(32)}`, accept: "text/csv" };
    const head = await receiver.fetch(
      new Request("http://localhost:8787/api/sessions", { method: "HEAD", headers }),
    );
    expect([head.status, await head.text()]).toEqual([200, ""]);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(counting.reads).toBeLessThanOrEqual(3);
  });
});

/** Lets the given read of sessions fail. */
function failingAt(read: number) {
  const state = { reads: 0, wrap };
  function wrap(facts: FactStore): FactStore {
    return new Proxy(facts, {
      get(target, name) {
        const value = Reflect.get(target, name, target) as unknown;
        if (name !== "sessions") return typeof value === "function" ? (value.bind(target) as unknown) : value;
        return (query: Parameters<FactStore["sessions"]>[0]) => {
          state.reads++;
          if (state.reads >= read) throw new StoreError("store_unavailable", "the disk is gone");
          return target.sessions(query);
        };
      },
    });
  }
  return state;
}
