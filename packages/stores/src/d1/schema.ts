import { StoreError } from "@sessionhook/core";
import type { D1Binding } from "./binding.js";

/**
 * The schema: one list of statements per version. Released versions never change. It differs from the schema of
 * the sqlite driver because a D1 transaction cannot alternate between SQL and our code: the unique index on `digest`
 * (SHA-256 of the body, base64) distinguishes new events, duplicates and conflicts, and triggers maintain the totals.
 */
export const migrations: readonly (readonly string[])[] = [
  [
    "CREATE TABLE sessionhook_schema (one INTEGER PRIMARY KEY CHECK (one = 1), version INTEGER NOT NULL) STRICT",
    `CREATE TABLE events (
      seq INTEGER PRIMARY KEY,
      id TEXT NOT NULL,
      version INTEGER NOT NULL,
      type TEXT,
      status TEXT NOT NULL,
      received_at INTEGER NOT NULL,
      attempt_timestamp INTEGER NOT NULL,
      size INTEGER NOT NULL,
      duplicates INTEGER NOT NULL DEFAULT 0,
      issues TEXT,
      digest TEXT NOT NULL
    ) STRICT`,
    "CREATE UNIQUE INDEX events_by_id ON events (id, digest)",
    "CREATE INDEX events_by_status ON events (status)",
    "CREATE INDEX events_by_type ON events (type, status)",
    `CREATE TABLE received (
      seq INTEGER PRIMARY KEY,
      signature TEXT NOT NULL,
      raw BLOB NOT NULL
    ) STRICT`,
    `CREATE TABLE totals (
      one INTEGER PRIMARY KEY CHECK (one = 1),
      accepted INTEGER NOT NULL DEFAULT 0,
      quarantined INTEGER NOT NULL DEFAULT 0,
      unrecognized INTEGER NOT NULL DEFAULT 0,
      conflicts INTEGER NOT NULL DEFAULT 0,
      duplicates INTEGER NOT NULL DEFAULT 0,
      write_checks INTEGER NOT NULL DEFAULT 0
    ) STRICT`,
    "INSERT INTO totals (one) VALUES (1)",
    `CREATE TRIGGER count_new AFTER INSERT ON events BEGIN
      UPDATE totals SET
        accepted = accepted + (NEW.status = 'accepted'),
        quarantined = quarantined + (NEW.status = 'quarantined'),
        unrecognized = unrecognized + (NEW.status = 'unrecognized'),
        conflicts = conflicts + (NEW.status = 'conflict');
    END`,
    `CREATE TRIGGER count_duplicate AFTER UPDATE OF duplicates ON events BEGIN
      UPDATE totals SET duplicates = duplicates + NEW.duplicates - OLD.duplicates;
    END`,
    `CREATE TRIGGER count_reclassified AFTER UPDATE OF status ON events BEGIN
      UPDATE totals SET
        accepted = accepted + (NEW.status = 'accepted') - (OLD.status = 'accepted'),
        quarantined = quarantined + (NEW.status = 'quarantined') - (OLD.status = 'quarantined'),
        unrecognized = unrecognized + (NEW.status = 'unrecognized') - (OLD.status = 'unrecognized');
    END`,
  ],
];

const ours = ["sessionhook_schema", "events", "received", "totals"];

/**
 * Migrates the schema to the latest version, one transaction per step. Any number of isolates may run it repeatedly and
 * at the same time: a step that another isolate has completed in the meantime fails as a whole and then counts as done.
 * @throws StoreError `store_foreign`, `store_too_new`; rethrows D1's error when D1 is unavailable
 */
export async function ensureSchema(database: D1Binding, steps = migrations): Promise<void> {
  let version = await versionOf(database);
  while (version < steps.length) {
    const statements = [...(steps[version] ?? []), setVersionSql(version + 1)];
    try {
      await database.batch(statements.map((sql) => database.prepare(sql)));
      version++;
    } catch (error) {
      const now = await versionOf(database);
      if (now <= version) throw error;
      version = now;
    }
  }
  if (version > steps.length) {
    throw new StoreError("store_too_new", "The database was written by a newer version of Sessionhook");
  }
}

function setVersionSql(version: number): string {
  return `INSERT INTO sessionhook_schema (one, version) VALUES (1, ${version})
    ON CONFLICT (one) DO UPDATE SET version = excluded.version`;
}

/** Returns the number of completed steps; 0 for a database without our tables. */
async function versionOf(database: D1Binding): Promise<number> {
  try {
    return await readVersion(database);
  } catch (cause) {
    const tables = await tablesOf(database);
    // Another isolate created the table in the meantime, or the query failed for another reason.
    if (tables.includes("sessionhook_schema")) return readVersion(database);
    if (tables.length === 0) return 0;
    const message = `The database contains tables of another program with the names of ours (${ours.join(", ")})`;
    throw new StoreError("store_foreign", message, { cause });
  }
}

async function readVersion(database: D1Binding): Promise<number> {
  const { results } = await database.prepare("SELECT version FROM sessionhook_schema").all();
  return Number((results[0] as { version?: unknown } | undefined)?.version ?? 0);
}

async function tablesOf(database: D1Binding): Promise<string[]> {
  const names = ours.map((name) => `'${name}'`).join(", ");
  const { results } = await database.prepare(`SELECT name FROM sqlite_master WHERE name IN (${names})`).all();
  return (results as { name: string }[]).map(({ name }) => name);
}
