/**
 * The step of the schema for deliveries.
 *
 * `deliveries` has the open ones only, so that a claim costs the same with any number of finished ones; these move to
 * `history` and keep their number. `seq` is that of the event, `destination` the key of a destination, `replay` the number of
 * a replay or 0. `class` is 0 for a first attempt, 1 for a later one, 2 for a replay unless it was
 * requeued after its replay was cancelled. `due_at` of a leased delivery, one with
 * an owner, is the end of its lease. The one row of `routing` appears when a delivery store is opened for the first time.
 */
export const deliverySchema = `
  CREATE TABLE routing (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    position INTEGER NOT NULL,
    rechecked INTEGER NOT NULL DEFAULT 0,
    deliveries INTEGER NOT NULL DEFAULT 0,
    replays INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE TABLE reroute (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    seq INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX reroute_by_event ON reroute (seq);
  CREATE TABLE facts (
    seq INTEGER PRIMARY KEY,
    facts TEXT NOT NULL
  ) STRICT;
  CREATE TABLE destinations (
    key INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    start INTEGER NOT NULL,
    state TEXT NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    open INTEGER NOT NULL DEFAULT 0,
    delivered INTEGER NOT NULL DEFAULT 0,
    skipped INTEGER NOT NULL DEFAULT 0,
    dead INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE TABLE deliveries (
    number INTEGER PRIMARY KEY,
    seq INTEGER NOT NULL,
    destination INTEGER NOT NULL,
    replay INTEGER NOT NULL,
    class INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    owner TEXT,
    attempts INTEGER NOT NULL,
    used INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    since INTEGER NOT NULL,
    held_ms INTEGER NOT NULL,
    reason TEXT
  ) STRICT;
  CREATE UNIQUE INDEX deliveries_by_event ON deliveries (seq, destination, replay);
  CREATE INDEX deliveries_due ON deliveries (destination, class, due_at);
  CREATE INDEX deliveries_by_destination ON deliveries (destination);
  CREATE INDEX deliveries_leased ON deliveries (destination) WHERE owner IS NOT NULL;
  CREATE INDEX deliveries_by_replay ON deliveries (replay) WHERE replay > 0;
  CREATE TABLE history (
    number INTEGER PRIMARY KEY,
    seq INTEGER NOT NULL,
    destination INTEGER NOT NULL,
    replay INTEGER NOT NULL,
    state TEXT NOT NULL,
    event TEXT NOT NULL,
    type TEXT,
    attempts INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    finished_at INTEGER NOT NULL,
    reason TEXT,
    held_by TEXT
  ) STRICT;
  CREATE UNIQUE INDEX history_by_event ON history (seq, destination, replay);
  CREATE INDEX history_by_state ON history (destination, state);
  CREATE INDEX history_by_replay ON history (replay) WHERE replay > 0;
  CREATE INDEX history_by_end ON history (finished_at);
  CREATE TABLE attempts (
    delivery INTEGER NOT NULL,
    number INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    duration_ms REAL NOT NULL,
    outcome TEXT NOT NULL,
    reason TEXT,
    PRIMARY KEY (delivery, number)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE former (
    seq INTEGER NOT NULL,
    destination INTEGER NOT NULL,
    PRIMARY KEY (seq, destination)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE cooldowns (
    destination INTEGER NOT NULL,
    replay INTEGER NOT NULL,
    key TEXT NOT NULL,
    event TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    until INTEGER NOT NULL,
    PRIMARY KEY (destination, replay, key)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX cooldowns_by_end ON cooldowns (until);
  CREATE TABLE replays (
    number INTEGER PRIMARY KEY,
    spec TEXT NOT NULL,
    state TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    finished_at INTEGER,
    position TEXT,
    matched INTEGER NOT NULL DEFAULT 0,
    open INTEGER NOT NULL DEFAULT 0,
    delivered INTEGER NOT NULL DEFAULT 0,
    skipped INTEGER NOT NULL DEFAULT 0,
    dead INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE TABLE tombstones (
    id TEXT PRIMARY KEY,
    seq INTEGER NOT NULL,
    left_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX tombstones_by_age ON tombstones (left_at);`;
