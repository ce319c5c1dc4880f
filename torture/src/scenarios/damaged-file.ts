import { closeSync, copyFileSync, openSync, readFileSync, rmSync, statSync, writeSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import type { Scenario, Torture } from "../scenario.ts";
import { hashOf } from "../ledger.ts";

type Harm = readonly [name: string, expected: RegExp, harm: (file: string, torture: Torture) => void];

/** Every damage is done to a copy of a valid file with events. */
const harms: readonly Harm[] = [
  ["the header overwritten", /store_foreign/, (file) => write(file, 0, new Uint8Array(100))],
  [
    "the first page overwritten",
    /store_foreign/,
    (file) => write(file, 100, new Uint8Array(pageSize(file) - 100).fill(0xaa)),
  ],
  ["cut to half", /store_foreign/, (file) => truncate(file, statSync(file).size / 2)],
  ["cut within the header", /store_foreign/, (file) => truncate(file, 50)],
  [
    "random pages in the middle overwritten",
    /store_foreign/,
    (file, torture) => {
      const page = pageSize(file);
      const pages = statSync(file).size / page;
      for (let i = 0; i < pages / 4; i++)
        write(file, (1 + torture.random(pages - 1)) * page, noise(torture, page));
    },
  ],
  [
    "an index that no longer fits its table",
    /store_foreign/,
    (file) => write(file, (rootOf(file, "events_by_id") - 1) * pageSize(file) + 8, new Uint8Array(4000)),
  ],
  ["a newer schema version", /store_too_new/, (file) => sql(file, "PRAGMA user_version = 99")],
  ["another application's id", /store_foreign/, (file) => sql(file, "PRAGMA application_id = 7")],
  ["a table missing", /store_foreign/, (file) => sql(file, "DROP TABLE received")],
];

/** A damaged, foreign or newer file at start: exit code 1, a clear message, and the file unchanged. */
export const damagedFile: Scenario = {
  name: "damaged file",
  run: async (torture) => {
    const app = torture.process();
    await app.start();
    const load = torture.load(app, 8);
    await load.acknowledges(400);
    await load.stop();
    torture.check((await app.end("SIGTERM")) === 0, "the first stop was not clean");
    const good = `${torture.file}.good`;
    copyFileSync(torture.file, good);
    for (const [name, expected, harm] of harms) {
      for (const suffix of ["-wal", "-shm"]) rmSync(`${torture.file}${suffix}`, { force: true });
      copyFileSync(good, torture.file);
      harm(torture.file, torture);
      const before = hashOf(readFileSync(torture.file));
      torture.check(before !== hashOf(readFileSync(good)), `${name}: no harm was done`);
      const { code, output } = await app.refuse();
      torture.check(code === 1, `${name}: exit code ${code}`);
      torture.check(expected.test(output), `${name}: it said: ${output.slice(0, 300)}`);
      torture.check(!/\n\s+at /.test(output), `${name}: a stack trace instead of a message`);
      torture.check(hashOf(readFileSync(torture.file)) === before, `${name}: the file was changed`);
    }
    copyFileSync(good, torture.file);
    await app.start();
    await app.end("SIGTERM");
    torture.audit();
    return `${harms.length} kinds of damage refused with exit code 1 and left untouched`;
  },
};

function write(file: string, at: number, bytes: Uint8Array): void {
  const handle = openSync(file, "r+");
  writeSync(handle, bytes, 0, bytes.length, at);
  closeSync(handle);
}

function truncate(file: string, length: number): void {
  const beginning = readFileSync(file).subarray(0, length);
  rmSync(file);
  const handle = openSync(file, "w", 0o600);
  writeSync(handle, beginning);
  closeSync(handle);
}

/** Offset 16 of the header: https://sqlite.org/fileformat.html#the_database_header */
function pageSize(file: string): number {
  return readFileSync(file).readUInt16BE(16);
}

function noise(torture: Torture, length: number): Uint8Array {
  return Uint8Array.from({ length }, () => torture.random(256));
}

function sql(file: string, statement: string): void {
  const db = new DatabaseSync(file);
  db.exec(`PRAGMA journal_mode = DELETE; ${statement}; PRAGMA journal_mode = WAL`);
  db.close();
}

function rootOf(file: string, name: string): number {
  const db = new DatabaseSync(file, { readOnly: true });
  const row = db.prepare("SELECT rootpage FROM sqlite_schema WHERE name = ?").get(name);
  db.close();
  return Number(row?.["rootpage"]);
}
