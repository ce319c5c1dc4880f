import { setImmediate } from "node:timers/promises";
import type { Facts, PersonQuery, SearchProgress } from "@sessionhook/core";
import { PersonSearch } from "@sessionhook/core/privacy";
import { rowsWithin } from "../../page.js";
import type { PrivacySession } from "./session.js";

/** Rows of one read; together at most 3 MiB of bodies. */
const rowsAtOnce = 256;

interface Row {
  readonly seq: number;
  readonly id: string;
  readonly raw: Uint8Array;
  readonly facts: string | null;
}

/** Runs work on the session of a store. */
export type Use = <T>(work: (session: PrivacySession) => T) => T;

/** Searches the log for the events of a person in short reads, between which the thread does other work. */
export class LogSearch {
  readonly #use: Use;
  readonly #search: PersonSearch;
  readonly #onProgress: SearchProgress | undefined;
  /** The ids of events that were found, each with the number of steps that led to it, in the order of the log. */
  readonly #found = new Map<string, { readonly steps: number; readonly seq: number }>();
  #pass = 0;
  #read = 0;
  /** Number of the last row that was examined for all ids that are known. */
  #position = 0;
  /** Number of the last row whose content was searched. */
  #searchedTo = 0;

  constructor(use: Use, query: PersonQuery, onProgress?: SearchProgress) {
    this.#use = use;
    this.#search = new PersonSearch(query);
    this.#onProgress = onProgress;
  }

  /**
   * Reads what follows the last row that was read, and everything again while further visitors and sessions are found.
   * @returns the ids of the events, in the order of the log, or those first that are to be erased first
   */
  async next(order: "log" | "erasure"): Promise<string[]> {
    let known = this.#search.ids;
    await this.#readToEnd();
    while (this.#search.ids > known) {
      known = this.#search.ids;
      this.#position = 0;
      await this.#readToEnd();
    }
    const found = [...this.#found].toSorted(([, one], [, other]) =>
      order === "log" ? one.seq - other.seq : other.steps - one.steps,
    );
    this.#found.clear();
    return found.map(([id]) => id);
  }

  async #readToEnd(): Promise<void> {
    this.#pass++;
    this.#read = 0;
    while (this.#use((session) => this.#readSome(session))) await setImmediate();
  }

  /** Returns false at the end of the log. */
  #readSome(session: PrivacySession): boolean {
    const after = this.#position;
    const window = session.all<{ seq: number; size: number }>(windowSql, after, rowsAtOnce);
    const taken = window.slice(0, rowsWithin(window.map(({ size }) => size)));
    const last = taken.at(-1);
    if (last === undefined) return false;
    const { visitors, sessions, pieces } = this.#search;
    const [visitorIds, sessionIds] = [[...visitors.keys()], [...sessions.keys()]];
    const hints = [...visitorIds, ...sessionIds].map(hintOf);
    // In a second pass, all rows that name or mention the person are known.
    const searched = last.seq > this.#searchedTo ? pieces : undefined;
    this.#searchedTo = Math.max(this.#searchedTo, last.seq);
    const json = [visitorIds, sessionIds, hints].map((list) => JSON.stringify(list));
    const contents = (searched ?? []).toSorted((one, other) => other.length - one.length);
    const rows = session.all<Row>(
      rowsSql(searched?.length),
      after,
      last.seq,
      ...json,
      ...contents,
      ...contents,
    );
    for (const { seq, id, raw, facts } of rows) {
      const parsed = facts === null ? undefined : (JSON.parse(facts) as Facts);
      const steps = this.#search.examine({ raw, facts: parsed });
      if (steps !== undefined && !this.#found.has(id)) this.#found.set(id, { steps, seq });
    }
    this.#position = last.seq;
    this.#read += taken.length;
    const total = session.get<{ total: number }>(totalSql)?.total ?? 0;
    this.#onProgress?.({ pass: this.#pass, read: Math.min(this.#read, total), total });
    return true;
  }
}

const windowSql = "SELECT seq, size FROM events WHERE seq > ? ORDER BY seq LIMIT ?";
const totalSql = "SELECT accepted + quarantined + unrecognized + conflicts AS total FROM totals";

/** Every body with the id contains this part of it, unless JSON escapes one of these characters. */
function hintOf(id: string): string {
  const parts = id.match(/[A-Za-z0-9._-]+/g) ?? [""];
  return parts.toSorted((one, other) => other.length - one.length)[0] ?? "";
}

/** Finds bodies in which JSON may spell a letter, a digit or a sign as an escape, and those in which a URL, HTML or a program may. */
const jsonEscapesSql = String.raw`instr(r.raw, CAST('\u00' AS BLOB)) > 0`;
const escapesSql = [
  jsonEscapesSql,
  "instr(r.raw, CAST('%25' AS BLOB)) > 0",
  "instr(r.raw, CAST('&#' AS BLOB)) > 0",
  // Each has its first sign outside of a set, which SQLite finds quickly.
  "CAST(r.raw AS TEXT) GLOB '*%[3-7uU]*'",
  // Of programming languages, also within JSON.
  String.raw`CAST(r.raw AS TEXT) GLOB '*\[uUxX]*'`,
  String.raw`CAST(r.raw AS TEXT) GLOB '*\[01][0-7][0-7]*'`,
].join(" OR ");

/**
 * Selects the rows of a window that can belong to the person. Parameters: window, visitors, sessions and hints as JSON, and twice the
 * texts that all occur in the body or in the facts: without one, every row can mention the person.
 * @param contents number of the texts; undefined where the content is not searched
 */
function rowsSql(contents: number | undefined): string {
  const all = (text: string) =>
    ["1", ...Array.from({ length: contents ?? 0 }, () => `instr(lower(${text}), ?) > 0`)].join(" AND ");
  const mentions =
    contents === undefined
      ? ""
      : `OR (${all("CAST(r.raw AS TEXT)")}) OR (${all("f.facts")}) OR ${escapesSql}`;
  return `SELECT (SELECT v.seq FROM events AS v WHERE v.id = e.id AND v.version = 1) AS seq, e.id, r.raw, f.facts
    FROM events AS e JOIN received AS r ON r.seq = e.seq LEFT JOIN facts AS f ON f.seq = e.seq
    WHERE e.seq > ? AND e.seq <= ? AND (
      f.facts ->> '$.sessionVisitorId' IN (SELECT value FROM json_each(?))
      OR f.facts ->> '$.sessionId' IN (SELECT value FROM json_each(?))
      OR (f.seq IS NULL AND (${jsonEscapesSql}
        OR EXISTS (SELECT 1 FROM json_each(?) WHERE instr(r.raw, CAST(value AS BLOB)) > 0)))
      ${mentions})
    ORDER BY e.seq`;
}
