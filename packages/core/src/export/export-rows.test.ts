import { expect, it } from "vitest";
import { exportRows } from "./export-rows.js";
import { allPages } from "./pages.js";
import { attributionTable, type ExportedAttribution } from "./tables.js";

const now = Date.UTC(2026, 2, 1, 23, 59);
const row = (value: string | null): ExportedAttribution => ({
  value,
  values: 1,
  sessions: 3,
  people: 2,
  companies: 1,
});

/** Pages of one row each, by cursor; counts the reads and fails at one of them. */
function list(rows: readonly (string | null)[], failAt = Number.POSITIVE_INFINITY) {
  const reads: string[] = [];
  const pages = allPages<ExportedAttribution>(async ({ cursor = "0" }) => {
    reads.push(cursor);
    if (reads.length > failAt) throw new Error("the disk is gone");
    const at = Number(cursor);
    return {
      rows: rows.slice(at, at + 1).map(row),
      nextCursor: at + 1 < rows.length ? String(at + 1) : null,
    };
  });
  return { pages, reads };
}

it("has all pages, as CSV with a head or as NDJSON", async () => {
  const csv = await exportRows(attributionTable, "csv", list(["a", null, "=b"]).pages, { now });
  expect(csv.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  expect(csv.headers.get("content-disposition")).toBe('attachment; filename="attribution-2026-03-01.csv"');
  const text = "value,values,sessions,people,companies\r\na,1,3,2,1\r\n,1,3,2,1\r\n'=b,1,3,2,1\r\n";
  expect(await csv.text()).toBe(text);
  const forPeople = { now, byteOrderMark: true };
  const marked = await exportRows(attributionTable, "csv", list(["a", null, "=b"]).pages, forPeople);
  expect(Buffer.from(await marked.arrayBuffer()).toString()).toBe(`\ufeff${text}`);
  const ndjson = await exportRows(attributionTable, "ndjson", list(["a", "=b"]).pages, { now });
  expect(ndjson.headers.get("content-type")).toBe("application/x-ndjson");
  expect(await ndjson.text()).toBe(`${JSON.stringify(row("a"))}\n${JSON.stringify(row("=b"))}\n`);
});

it("has only the head of CSV, or nothing, where nothing is selected", async () => {
  const csv = await exportRows(attributionTable, "csv", list([]).pages, { now });
  expect(await csv.text()).toBe("value,values,sessions,people,companies\r\n");
  expect(await (await exportRows(attributionTable, "ndjson", list([]).pages, { now })).text()).toBe("");
});

it("reads a page when the client is ready for it, and none after the client has gone", async () => {
  const { pages, reads } = list(["a", "b", "c", "d", "e"]);
  const { body } = await exportRows(attributionTable, "ndjson", pages, { now });
  const reader = (body as ReadableStream<Uint8Array>).getReader();
  expect(reads).toEqual(["0"]);
  await reader.read();
  await reader.read();
  expect(reads).toEqual(["0", "1"]);
  const pending = reader.read();
  await reader.cancel();
  await pending;
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(reads.length).toBeLessThanOrEqual(3);
});

it("passes over empty pages, and stops at them when the client has gone", async () => {
  const empty = async function* () {
    for (let i = 0; i < 2000; i++) yield [];
    yield [row("last")];
  };
  expect(await (await exportRows(attributionTable, "ndjson", empty(), { now })).json()).toEqual(row("last"));
  let read = 0;
  const endless = async function* () {
    for (;;) {
      read++;
      await new Promise((resolve) => setTimeout(resolve, 0));
      yield [];
    }
  };
  const { body } = await exportRows(attributionTable, "ndjson", endless(), { now });
  const reader = (body as ReadableStream<Uint8Array>).getReader();
  const pending = reader.read();
  await new Promise((resolve) => setTimeout(resolve, 20));
  await reader.cancel();
  await pending;
  const then = read;
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(read).toBeLessThanOrEqual(then + 1);
});

it("rejects where the first page cannot be read", async () => {
  await expect(exportRows(attributionTable, "csv", list(["a"], 0).pages, { now })).rejects.toThrow("disk");
});

it.each(["csv", "ndjson"] as const)(
  "ends %s with half a row and an error where reading fails",
  async (format) => {
    const failures: unknown[] = [];
    const onFailure = (error: unknown) => failures.push(error);
    const { body } = await exportRows(attributionTable, format, list(["a", "b", "c"], 2).pages, {
      now,
      onFailure,
    });
    let text = "";
    const read = async () => {
      for await (const chunk of body as ReadableStream<Uint8Array>) text += new TextDecoder().decode(chunk);
    };
    await expect(read()).rejects.toThrow("broke off");
    expect(failures).toEqual([expect.objectContaining({ message: "the disk is gone" })]);
    const last = text.split("\n").at(-1) ?? "";
    expect(last).toContain("not complete");
    expect(text).not.toContain("disk");
    if (format === "ndjson") expect(() => JSON.parse(last) as unknown).toThrow(SyntaxError);
    else expect(last.match(/"/g)).toHaveLength(1);
  },
);

it("closes the connection instead where the server can", async () => {
  let closed = 0;
  const options = { now, breakOff: () => closed++ };
  const { body } = await exportRows(attributionTable, "csv", list(["a", "b"], 1).pages, options);
  const reader = (body as ReadableStream<Uint8Array>).getReader();
  await reader.read();
  await reader.read();
  const pending = reader.read();
  await expect.poll(() => closed).toBe(1);
  await reader.cancel();
  expect(await pending).toMatchObject({ done: true });
});
