import { execFileSync, spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deliveryItem, noDeadline } from "@sessionhook/conformance/destination-suite";
import { describe, expect, it } from "vitest";
import { drivers } from "../registry.js";

const python = process.env["DUCKDB_PYTHON"] ?? "python3";
const missing = spawnSync(python, ["-c", "import duckdb"]).status !== 0;
const reason = "DuckDB's Python package is neither in python3 nor in the Python at DUCKDB_PYTHON";

const program = `
import duckdb, json, sys
rows = duckdb.sql(sys.argv[1]).fetchall()
print(json.dumps(rows, default=str))
`;

function query(sql: string): unknown[][] {
  return JSON.parse(execFileSync(python, ["-c", program, sql], { encoding: "utf8" })) as unknown[][];
}

describe("DuckDB", () => {
  if (missing)
    it.skipIf(process.env["REQUIRE_DUCKDB"] !== "1")(`needs DuckDB: ${reason}`, () => {
      expect.unreachable(reason);
    });

  it.skipIf(missing)("reads the files", { timeout: 120_000 }, async () => {
    const root = await mkdtemp(join(tmpdir(), "sessionhook-duckdb-"));
    try {
      const context = { name: "archive", folder: root, now: Date.now };
      const items = Array.from({ length: 500 }, () => deliveryItem());
      for (const body of ["raw", "flat"] as const) {
        const destination = await drivers.files.create({ path: body, body, maxBytes: 20_000 }, context);
        // Several members in a file, and several files.
        for (let at = 0; at < items.length; at += 25)
          await destination.send(items.slice(at, at + 25), noDeadline);
        await destination.close();
      }
      const [first] = items;
      const raw = `read_json('${join(root, "raw", "*.ndjson.gz")}')`;
      expect(
        query(`select count(*), count(distinct id), min(event.data.person.lastName) from ${raw}`),
      ).toEqual([[500, 500, first?.facts?.personLastName]]);
      expect(query(`select typeof(receivedAt) from ${raw} limit 1`)).toEqual([["TIMESTAMP"]]);
      const flat = `read_json('${join(root, "flat", "*.ndjson.gz")}')`;
      const sql = `select companyName, pages[1], companyEmployeeCount from ${flat} where id = '${first?.event.id}'`;
      expect(query(sql)).toEqual([[first?.event.id, "/pricing", 1200]]);
    } finally {
      await rm(root, { recursive: true });
    }
  });
});
