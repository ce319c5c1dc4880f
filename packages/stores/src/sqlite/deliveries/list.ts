import type { Attempt, Delivery, DeliveryFilter, DeliveryPage, DeliveryState } from "@sessionhook/core";
import { deliveryNumber, replayNumber } from "../../deliveries/names.js";
import { firstAttempts, newestAttempts } from "../../deliveries/rules.js";
import { checkLimit, cursorBefore, positionOf } from "../../page.js";
import {
  deliveryOf,
  type DeliveryRow,
  finishedColumns,
  finishedJoins,
  openColumns,
  openJoins,
  reasonOf,
} from "./rows.js";
import type { Statements } from "../statements.js";
import type { DeliverySession } from "./session.js";

export interface Source {
  readonly sql: string;
  readonly parameters: readonly (string | number)[];
}

/** Values for the columns that a list is filtered by. */
export interface Keys {
  readonly seq?: number;
  readonly replay?: number;
  readonly destination?: number;
  readonly state?: DeliveryState;
}

const finishedStates = ["delivered", "skipped", "dead"] as const;

/** Finds a page in the open deliveries and in history, each from an index that is in the order of the list. */
export function list(
  session: DeliverySession,
  query: DeliveryFilter & { readonly limit: number; readonly cursor?: string | undefined },
): DeliveryPage {
  checkLimit(query.limit);
  const keys = keysOf(session, query);
  const before = positionOf("deliveries", query.cursor);
  const all = session.all<{ key: number }>("SELECT key FROM destinations").map(({ key }) => key);
  const sources = keys === undefined ? [] : [...openSources(keys), ...historySources(keys, all)];
  const found = sources
    .flatMap(({ sql, parameters }) => session.all<DeliveryRow>(sql, ...parameters, before, query.limit + 1))
    .sort((one, other) => other.number - one.number);
  const page = found.slice(0, query.limit);
  const last = page.at(-1);
  const more = found.length > page.length && last !== undefined;
  return {
    deliveries: page.map(deliveryOf),
    nextCursor: more ? cursorBefore("deliveries", last.number) : null,
  };
}

export function get(session: DeliverySession, id: string): Delivery | undefined {
  const number = deliveryNumber(id) ?? 0;
  const row =
    session.get<DeliveryRow>(oneOpenSql, number) ?? session.get<DeliveryRow>(oneFinishedSql, number);
  return row === undefined ? undefined : deliveryOf(row);
}

export function attempts(session: Statements, id: string): Attempt[] {
  const delivery = deliveryNumber(id) ?? 0;
  const rows = session.all<{
    number: number;
    started_at: number;
    duration_ms: number;
    outcome: Attempt["outcome"];
    reason: string | null;
  }>(attemptsSql, delivery, delivery, delivery);
  return rows.map(({ number, started_at, duration_ms, outcome, reason }) => ({
    number,
    startedAt: started_at,
    durationMs: duration_ms,
    outcome,
    reason: reasonOf(reason),
  }));
}

/** Undefined where nothing can match. */
function keysOf(session: DeliverySession, filter: DeliveryFilter): Keys | undefined {
  const { event, replay, destination, state } = filter;
  const seq = event === undefined ? undefined : session.get<{ seq: number }>(seqSql, event, event)?.seq;
  const name = replay === undefined ? undefined : replayNumber(replay);
  const key =
    destination === undefined
      ? undefined
      : session.get<{ key: number }>("SELECT key FROM destinations WHERE name = ?", destination)?.key;
  if (event !== undefined && seq === undefined) return undefined;
  if (replay !== undefined && name === undefined) return undefined;
  if (destination !== undefined && key === undefined) return undefined;
  return {
    ...(seq === undefined ? {} : { seq }),
    ...(name === undefined ? {} : { replay: name }),
    ...(key === undefined ? {} : { destination: key }),
    ...(state === undefined ? {} : { state }),
  };
}

/** Each takes two more parameters: the number to begin below, and the number of rows. */
export function openSources(keys: Keys): Source[] {
  const { state, ...columns } = keys;
  if (state !== undefined && state !== "waiting" && state !== "delivering") return [];
  const owner = state === undefined ? "" : ` AND d.owner IS ${state === "waiting" ? "NULL" : "NOT NULL"}`;
  const index =
    columns.seq !== undefined
      ? "INDEXED BY deliveries_by_event"
      : columns.replay !== undefined
        ? "INDEXED BY deliveries_by_replay"
        : state === "delivering"
          ? "INDEXED BY deliveries_leased"
          : columns.destination !== undefined
            ? "INDEXED BY deliveries_by_destination"
            : "NOT INDEXED";
  return [source(openColumns, `deliveries AS d ${index} ${openJoins}`, columns, owner)];
}

/** Without an event or a replay, one source for each destination and state: their index has these in order. */
export function historySources(keys: Keys, destinations: readonly number[]): Source[] {
  const { state } = keys;
  if (state === "waiting" || state === "delivering") return [];
  const { seq, replay, destination } = keys;
  if (seq !== undefined || replay !== undefined || (destination === undefined && state === undefined)) {
    const index =
      seq !== undefined
        ? "INDEXED BY history_by_event"
        : replay !== undefined
          ? "INDEXED BY history_by_replay"
          : "NOT INDEXED";
    return [source(finishedColumns, `history AS d ${index} ${finishedJoins}`, keys)];
  }
  const states = state === undefined ? finishedStates : [state];
  return (destination === undefined ? destinations : [destination]).flatMap((destination) =>
    states.map((state) =>
      source(finishedColumns, `history AS d INDEXED BY history_by_state ${finishedJoins}`, {
        destination,
        state,
      }),
    ),
  );
}

function source(columns: string, from: string, keys: Keys, further = ""): Source {
  const entries = Object.entries(keys) as [string, string | number][];
  const conditions = entries.map(([name]) => `d.${name} = ? AND `).join("");
  // Lets SQLite use the partial index: it contains all of them.
  const replay = keys.replay === undefined ? "" : " AND d.replay > 0";
  return {
    sql: `SELECT ${columns} FROM ${from} WHERE ${conditions}d.number < ?${replay}${further}
      ORDER BY d.number DESC LIMIT ?`,
    parameters: entries.map(([, value]) => value),
  };
}

const oneOpenSql = `SELECT ${openColumns} FROM deliveries AS d ${openJoins} WHERE d.number = ?`;
const oneFinishedSql = `SELECT ${finishedColumns} FROM history AS d ${finishedJoins} WHERE d.number = ?`;
/** Earlier versions stored all attempts. Parameter: the delivery, three times. */
export const attemptsSql = `SELECT number, started_at, duration_ms, outcome, reason FROM attempts
    WHERE delivery = ? AND number <= ${firstAttempts}
  UNION ALL SELECT number, started_at, duration_ms, outcome, reason FROM attempts
    WHERE delivery = ? AND number > max(${firstAttempts},
      (SELECT max(number) FROM attempts WHERE delivery = ?) - ${newestAttempts})
  ORDER BY number`;
/** History can be there longer than the event. */
const seqSql = `SELECT seq FROM events WHERE id = ? AND version = 1
  UNION ALL SELECT seq FROM tombstones WHERE id = ? LIMIT 1`;
