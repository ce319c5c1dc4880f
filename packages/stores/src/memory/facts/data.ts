import type { DerivedRecords, RebuildProgress } from "@sessionhook/core";
import type { MemoryLog } from "../log.js";
import { type Tables, tablesOf } from "./tables.js";

export interface MemoryRebuild {
  readonly startedAt: number;
  readonly total: number;
  read: number;
  /** Arrival number of the last event that was read. */
  position: number;
  readonly records: Map<number, DerivedRecords>;
}

/** The records of the events of a log in memory. The tables are derived when they are read. */
export class MemoryFacts {
  readonly log: MemoryLog;
  /** Arrival number of the last event that the router has decided about; undefined without a router. */
  routed: (() => number) | undefined;
  incomplete = false;
  /** Arrival number of the last event that the last complete rebuild has read. */
  rebuilt = 0;
  rebuild: MemoryRebuild | undefined;
  #records = new Map<number, DerivedRecords>();
  #tables: Tables | undefined;

  constructor(log: MemoryLog) {
    this.log = log;
  }

  get tables(): Tables {
    return (this.#tables ??= tablesOf(this.#records));
  }

  /** Returns the id of the session that an event reported, or to which it refers. */
  sessionIdOf(arrival: number): string | undefined {
    const records = this.#records.get(arrival);
    return records?.session?.id ?? records?.namedSession;
  }

  /** Returns the arrival numbers of the events of a person and a company, newest first. */
  arrivalsOf(person: string | undefined, company: string | undefined): readonly number[] {
    const belongs = (one: string | null | undefined, other: string | null | undefined) =>
      (person === undefined || one === person) && (company === undefined || other === company);
    const sessions = new Set(
      this.tables.sessions.filter(({ row }) => belongs(row.person, row.company)).map(({ row }) => row.id),
    );
    return [...this.#records]
      .filter(([, records]) =>
        records.session === undefined
          ? belongs(records.person?.key, records.company?.key)
          : sessions.has(records.session.id),
      )
      .map(([arrival]) => arrival)
      .toSorted((a, b) => b - a);
  }

  /** Returns the records of an event. */
  recordsOf(arrival: number): DerivedRecords | undefined {
    return this.#records.get(arrival);
  }

  /** Stores the records of an event in place of those it had. */
  put(arrival: number, records: DerivedRecords | undefined): void {
    const { rebuild } = this;
    this.#tables = undefined;
    set(this.#records, arrival, records);
    if (rebuild !== undefined && arrival <= rebuild.position) set(rebuild.records, arrival, records);
  }

  start(startedAt: number): MemoryRebuild {
    const total = this.log.rows.filter((row) => row?.status === "accepted").length;
    return (this.rebuild ??= { startedAt, total, read: 0, position: 0, records: new Map() });
  }

  /** Puts the records of a rebuild in place of the old ones. */
  finish({ records, position }: MemoryRebuild): void {
    this.#records = records;
    this.#tables = undefined;
    this.rebuild = undefined;
    this.incomplete = false;
    this.rebuilt = position;
  }
}

export function progressOf({ startedAt, read, total }: MemoryRebuild, done: boolean): RebuildProgress {
  return { startedAt, read, total: Math.max(total, read), done };
}

const factsOf = new WeakMap<MemoryLog, MemoryFacts>();

/** Returns the one that all stores of a log share. */
export function memoryFactsOf(log: MemoryLog): MemoryFacts {
  const facts = factsOf.get(log) ?? new MemoryFacts(log);
  factsOf.set(log, facts);
  return facts;
}

function set(map: Map<number, DerivedRecords>, arrival: number, records: DerivedRecords | undefined): void {
  if (records === undefined) map.delete(arrival);
  else map.set(arrival, structuredClone(records));
}
