import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { useFolder } from "../../test/folder.js";
import { openFailure, unavailable } from "./errors.js";

const inFolder = useFolder();

/** Returns the error that SQLite throws, and the same error without the result code, as Deno's `exec` throws it. */
function thrown(work: () => void): Error[] {
  try {
    work();
  } catch (error) {
    const { message } = error as Error;
    return [error as Error, Object.assign(new Error(message), { code: "ERR_SQLITE_ERROR" })];
  }
  throw new Error("nothing was thrown");
}

test("failures are recognized by their code, or by SQLite's message on a runtime without codes", () => {
  const path = inFolder("a.db");
  const one = new DatabaseSync(path);
  one.exec("CREATE TABLE t (a); PRAGMA max_page_count = 2; BEGIN IMMEDIATE");
  const two = new DatabaseSync(path, { readOnly: true });
  const three = new DatabaseSync(path);
  const cases: [() => void, string][] = [
    [() => two.exec("INSERT INTO t VALUES (1)"), "The database cannot be written"],
    [() => three.exec("BEGIN IMMEDIATE"), "The database is locked by another process"],
    [() => one.exec("INSERT INTO t VALUES (zeroblob(100000))"), "The disk is full"],
  ];
  for (const [work, message] of cases) {
    for (const error of thrown(work))
      expect(unavailable(error)).toMatchObject({ code: "store_unavailable", message, cause: error });
  }
  for (const error of thrown(() => one.exec("SELECT * FROM missing")))
    expect(openFailure(error)).toMatchObject({ code: "store_foreign" });
  for (const db of [one, two, three]) db.close();
});
