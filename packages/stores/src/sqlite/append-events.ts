import type { DatabaseSync, StatementSync } from "node:sqlite";
import type {
  AppendOutcome,
  Classification,
  EventStatus,
  NewEvent,
  Reclassification,
} from "@sessionhook/core";
import { issuesToJson } from "../issues-json.js";
import { writeCheckSql } from "../sql/rows.js";
import { inTransaction } from "./transaction.js";
import type { WriteTurns } from "./write-turns.js";

type Totals = Record<Classification | "conflicts" | "duplicates", number>;

/** Makes all changes to the database; each call is one transaction. */
export class Writer {
  readonly #db: DatabaseSync;
  readonly #insertEvent: StatementSync;
  readonly #insertReceived: StatementSync;
  readonly #findSame: StatementSync;
  readonly #lastVersion: StatementSync;
  readonly #countDuplicate: StatementSync;
  readonly #addTotals: StatementSync;
  readonly #findEvent: StatementSync;
  readonly #reclassify: StatementSync;
  readonly #reroute: StatementSync;
  readonly #lastErased: StatementSync;
  /** Number for the next row; null lets SQLite choose the one after the newest row. */
  #next: number | null = null;
  readonly #beforeCommit: (() => void) | undefined;
  readonly #turns: WriteTurns | undefined;

  /** @param beforeCommit throws where nothing may be committed */
  constructor(db: DatabaseSync, beforeCommit?: () => void, turns?: WriteTurns) {
    this.#db = db;
    this.#beforeCommit = beforeCommit;
    this.#turns = turns;
    // A tombstone is what retention left of an event: a message with its id is a duplicate.
    this.#insertEvent = db.prepare(
      `INSERT INTO events (seq, id, version, type, status, received_at, attempt_timestamp, size, issues)
       SELECT ?, ?, ?, ?, ?, ?, ?, ?, ? WHERE NOT EXISTS (SELECT 1 FROM tombstones WHERE id = ?)
       ON CONFLICT (id, version) DO NOTHING`,
    );
    // A runtime may bind an empty array as NULL.
    this.#insertReceived = db.prepare(
      "INSERT INTO received (seq, signature, raw) VALUES (?, ?, coalesce(?, x''))",
    );
    this.#findSame = db.prepare(
      `SELECT e.seq FROM events e JOIN received r ON r.seq = e.seq
       WHERE e.id = ? AND e.size = ? AND r.raw = coalesce(?, x'')`,
    );
    this.#lastVersion = db.prepare("SELECT max(version) AS version FROM events WHERE id = ?");
    this.#countDuplicate = db.prepare("UPDATE events SET duplicates = duplicates + 1 WHERE seq = ?");
    this.#addTotals = db.prepare(
      `UPDATE totals SET accepted = accepted + ?, quarantined = quarantined + ?,
       unrecognized = unrecognized + ?, conflicts = conflicts + ?, duplicates = duplicates + ?`,
    );
    this.#findEvent = db.prepare("SELECT seq, status FROM events WHERE id = ? AND version = 1");
    this.#reclassify = db.prepare("UPDATE events SET type = ?, status = ?, issues = ? WHERE seq = ?");
    // Without a delivery store nothing is routed.
    this.#reroute = db.prepare("INSERT INTO reroute (seq) SELECT ? WHERE EXISTS (SELECT 1 FROM routing)");
    this.#lastErased = db.prepare(lastErasedSql);
  }

  append(events: readonly NewEvent[]): AppendOutcome[] {
    if (events.length === 0) return [];
    return this.#transaction(() => {
      this.#next = (this.#lastErased.get()?.["next"] ?? null) as number | null;
      const totals = noTotals();
      const outcomes = events.map((event) => this.#appendOne(event, totals));
      this.#add(totals);
      return outcomes;
    });
  }

  reclassify(id: string, to: Reclassification): boolean {
    return this.#transaction(() => {
      const row = this.#findEvent.get(id) as { seq: number; status: Classification } | undefined;
      if (row === undefined) return false;
      this.#reclassify.run(to.type, to.status, issuesToJson(to), row.seq);
      if (row.status !== "accepted" && to.status === "accepted") this.#reroute.run(row.seq);
      const totals = noTotals();
      totals[row.status]--;
      totals[to.status]++;
      this.#add(totals);
      return true;
    });
  }

  /** Commits a real change, because only a commit detects a full disk. */
  check(): void {
    this.#transaction(() => this.#db.exec(writeCheckSql));
  }

  #transaction<T>(work: () => T): T {
    return inTransaction(this.#db, work, this.#beforeCommit, this.#turns);
  }

  /** Tries the insert first, because most events are new; the unique index then detects duplicates and conflicts. */
  #appendOne(event: NewEvent, totals: Totals): AppendOutcome {
    if (this.#insert(event, 1, event.status)) {
      totals[event.status]++;
      return "stored";
    }
    const same = this.#findSame.get(event.id, event.raw.byteLength, event.raw)?.["seq"];
    if (same !== undefined) {
      this.#countDuplicate.run(same);
      totals.duplicates++;
      return "duplicate";
    }
    const last = this.#lastVersion.get(event.id)?.["version"];
    if (typeof last !== "number") {
      totals.duplicates++;
      return "duplicate";
    }
    const version = last + 1;
    this.#insert(event, version, "conflict");
    totals.conflicts++;
    return "conflict";
  }

  #insert(event: NewEvent, version: number, status: EventStatus): boolean {
    const { id, type, receivedAt, attemptTimestamp, raw } = event;
    const { changes, lastInsertRowid } = this.#insertEvent.run(
      this.#next,
      id,
      version,
      type,
      status,
      receivedAt,
      attemptTimestamp,
      raw.byteLength,
      issuesToJson(event),
      id,
    );
    if (Number(changes) === 0) return false;
    this.#next = null;
    this.#insertReceived.run(lastInsertRowid, event.signature, raw);
    return true;
  }

  #add({ accepted, quarantined, unrecognized, conflicts, duplicates }: Totals): void {
    this.#addTotals.run(accepted, quarantined, unrecognized, conflicts, duplicates);
  }
}

/**
 * SQLite gives the number of the newest row to the next one if that row was erased: readers of the log and the router are past it
 * already. Returns a number only then.
 */
const lastErasedSql = `SELECT erased + 1 AS next
  FROM (SELECT max(seq) AS erased FROM tombstones INDEXED BY tombstones_erased WHERE reason IS NOT NULL)
  WHERE erased >= coalesce((SELECT max(seq) FROM events), 0)`;

function noTotals(): Totals {
  return { accepted: 0, quarantined: 0, unrecognized: 0, conflicts: 0, duplicates: 0 };
}
