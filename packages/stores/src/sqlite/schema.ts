import { headOf } from "../sql/prefix.js";

/** `PRAGMA application_id` of an event store: "SHK1". */
export const applicationId = 0x53484b31;

/**
 * The schema, one step a version: `PRAGMA user_version` says how many have been taken. Released
 * steps never change; append new ones.
 *
 * `events` is what lists need, in compact rows; `received` is what came over the wire and never
 * changes. `seq` is the order of arrival and the key of paging. An index ends in `seq` by nature
 * (it is the rowid), so each is in list order already.
 */
export const migrations: readonly string[] = [
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
  // The first characters of the id, each kind of beginning in order of arrival: see newestInPrefixSql in sql/list-events-sql.ts.
  `CREATE INDEX events_by_head ON events (${headOf("id")});`,
];

export const latestVersion = migrations.length;
