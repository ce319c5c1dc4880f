import type { DatabaseSync } from "node:sqlite";
import { headOf } from "../sql/prefix.js";
import { deliverySchema } from "./deliveries/schema.js";
import { factsSchema, mergedDescriptions, sessionReferences } from "./facts/schema.js";
import { sumsOfEightDays } from "./facts/visit-sums.js";
import { erasureSchema } from "./privacy/schema.js";

/** `PRAGMA application_id` of an event store: "SHK1". */
export const applicationId = 0x53484b31;

/**
 * The schema: one step per version. `PRAGMA user_version` is the number of completed steps. Released
 * steps never change; append new ones.
 *
 * `events` has compact rows with the columns of lists. `received` contains the received bytes and never
 * changes. `seq` is the order of arrival and the key for paging. Every SQLite index ends in the rowid, which
 * is `seq`, so each index is already in list order.
 */
export const migrations: readonly (string | ((db: DatabaseSync) => string))[] = [
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
    issues TEXT
  ) STRICT;
  CREATE UNIQUE INDEX events_by_id ON events (id, version);
  CREATE INDEX events_by_status ON events (status);
  CREATE INDEX events_by_type ON events (type, status);
  CREATE TABLE received (
    seq INTEGER PRIMARY KEY REFERENCES events (seq),
    signature TEXT NOT NULL,
    raw BLOB NOT NULL
  ) STRICT;
  CREATE TABLE totals (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    accepted INTEGER NOT NULL DEFAULT 0,
    quarantined INTEGER NOT NULL DEFAULT 0,
    unrecognized INTEGER NOT NULL DEFAULT 0,
    conflicts INTEGER NOT NULL DEFAULT 0,
    duplicates INTEGER NOT NULL DEFAULT 0,
    write_checks INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  INSERT INTO totals (one) VALUES (1);`,
  // For newestInPrefixSql in sql/list-events-sql.ts: the rows of each nine-character prefix, in order of arrival.
  `CREATE INDEX events_by_head ON events (${headOf("id")});`,
  deliverySchema,
  factsSchema,
  erasureSchema,
  // Until then, the router wrote the derived tables in use itself.
  `UPDATE derivation SET position = coalesce((SELECT position FROM routing), position) WHERE state = 'live';`,
  // The last event that a replay reads; those from before end with the log.
  "ALTER TABLE replays ADD COLUMN last INTEGER;",
  // Until then, keys were addresses and names of people; now they are hashes.
  "DELETE FROM cooldowns;",
  mergedDescriptions,
  sessionReferences,
  sumsOfEightDays,
];

/** Returns the statements of a step. */
export function migrationSql(step: (typeof migrations)[number] | undefined, db: DatabaseSync): string {
  return typeof step === "function" ? step(db) : (step ?? "");
}

export const latestVersion = migrations.length;
