import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, it } from "vitest";
import { audit } from "./audit.ts";
import { Ledger } from "./ledger.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "audit-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A database with these rows, each an id and its bytes. */
function database(rows: readonly (readonly [string, string])[]): string {
  const file = join(folder, "events.db");
  const db = new DatabaseSync(file);
  db.exec(
    "CREATE TABLE events (seq INTEGER PRIMARY KEY, id TEXT); CREATE TABLE received (seq INTEGER, raw BLOB)",
  );
  for (const [id, raw] of rows) {
    const { lastInsertRowid } = db.prepare("INSERT INTO events (id) VALUES (?)").run(id);
    db.prepare("INSERT INTO received VALUES (?, ?)").run(lastInsertRowid, Buffer.from(raw));
  }
  db.close();
  return file;
}

/** `a` and `b` sent and acknowledged, `c` sent only. */
function ledger(): Ledger {
  const book = new Ledger();
  for (const id of ["a", "b", "c"]) book.send(id, Buffer.from(`body of ${id}`));
  book.acknowledge("a");
  book.acknowledge("b");
  return book;
}

const a = ["a", "body of a"] as const;
const b = ["b", "body of b"] as const;
const good = { acknowledged: 2, found: 2, lost: 0, doubled: 0, wrongBytes: 0, strangers: 0, integrity: "ok" };

it.each([
  ["all there", [a, b], {}],
  ["one there without an acknowledgement, as after a crash", [a, b, ["c", "body of c"]], {}],
  ["one lost", [a], { found: 1, lost: 1 }],
  ["one twice", [a, b, b], { doubled: 1 }],
  ["one with other bytes", [a, ["b", "body of B"]], { wrongBytes: 1 }],
  ["one with right bytes and once more with others", [a, b, ["b", "x"]], { doubled: 1, wrongBytes: 1 }],
  ["one unacknowledged with wrong bytes", [a, b, ["c", "x"]], { wrongBytes: 1 }],
  ["one nobody sent", [a, b, ["d", ""]], { strangers: 1, wrongBytes: 1 }],
] as [string, [string, string][], object][])("the audit counts: %s", (_, rows, different) => {
  expect(audit(database(rows), ledger())).toEqual({ ...good, ...different });
});
