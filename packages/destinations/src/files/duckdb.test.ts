import { execFileSync, spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { deliveryItem, noDeadline } from "@sessionhook/conformance/destination-suite";
import type { DeliveryItem } from "@sessionhook/core";
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

/** Returns a delivery of one of six companies or none, with two events in a session, in sizes that differ, and of one of three people or none. */
function visit(i: number): DeliveryItem {
  const item = deliveryItem();
  const { companyDomain: _, personEmail: __, ...facts } = item.facts ?? {};
  const company = Math.floor(Math.sqrt(i % 49));
  const person = i % 4;
  return {
    ...item,
    facts: {
      ...facts,
      sessionId: `ses_${i - (i % 2)}`,
      ...(company === 0 ? {} : { companyDomain: `company${company}.example` }),
      ...(person === 0 ? {} : { personEmail: `person${person}@company.example` }),
    },
  };
}

/** Returns the query of docs/destinations/files.md, with another folder. */
async function documentedQuery(folder: string): Promise<string> {
  const page = fileURLToPath(new URL("../../../../docs/destinations/files.md", import.meta.url));
  const [, sql = ""] = /^```sql\n(.*?)^```/ms.exec(await readFile(page, "utf8")) ?? [];
  if (!sql.includes("'data/archive/")) throw new Error("the page has no query of data/archive");
  return sql.replace("'data/archive/", `'${folder}/`);
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
      const items = Array.from({ length: 500 }, (_, i) => visit(i));
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

      const documented = await documentedQuery(join(root, "flat"));
      const companies = new Map<string, { sessions: Set<string>; people: Set<string> }>();
      for (const { facts } of items) {
        const { companyDomain, personEmail } = facts ?? {};
        if (companyDomain === undefined) continue;
        const company = companies.get(companyDomain) ?? { sessions: new Set(), people: new Set() };
        company.sessions.add(facts?.sessionId ?? "");
        if (personEmail !== undefined) company.people.add(personEmail);
        companies.set(companyDomain, company);
      }
      const expected = [...companies]
        .map(([domain, { sessions, people }]) => [domain, sessions.size, people.size] as const)
        .toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
      expect(expected).toHaveLength(6);
      expect(query(documented)).toEqual(expected.slice(0, 20));
    } finally {
      await rm(root, { recursive: true });
    }
  });
});
