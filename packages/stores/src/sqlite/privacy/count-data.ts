import type { PersonalData } from "@sessionhook/core";
import { mostPeopleKeys } from "../../privacy/rows.js";
import { DerivedRows } from "./derived.js";
import { deliveredToSql } from "./erase-events.js";
import type { PrivacySession } from "./session.js";

const listedIds = 1000;
/** Ids in one query. */
const countedAtOnce = 500;

/** Counts what the store has about events, which are in the order of the log. */
export function countData(session: PrivacySession, ids: readonly string[]): PersonalData {
  const counts = { events: 0, deliveries: 0, attempts: 0 };
  const derived = new DerivedRows();
  const deliveredTo = new Set<string>();
  for (let from = 0; from < ids.length; from += countedAtOnce) {
    const json = JSON.stringify(ids.slice(from, from + countedAtOnce));
    derived.add(session, json);
    counts.events += session.get<{ events: number }>(eventsSql, json)?.events ?? 0;
    for (const { deliveries, attempts } of session.all<{ deliveries: number; attempts: number }>(
      deliveriesSql,
      json,
    )) {
      counts.deliveries += deliveries;
      counts.attempts += attempts;
    }
    for (const { name } of session.all<{ name: string }>(deliveredToSql, json, json, json))
      deliveredTo.add(name);
  }
  return {
    ...counts,
    ...derived.count(session),
    eventIds: ids.slice(0, listedIds),
    peopleKeys: [...derived.people].toSorted().slice(0, mostPeopleKeys),
    deliveredTo: [...deliveredTo].toSorted(),
  };
}

const eventsSql = "SELECT count(*) AS events FROM events WHERE id IN (SELECT value FROM json_each(?))";
const deliveriesSql = `WITH seqs AS (
    SELECT seq FROM events WHERE version = 1 AND id IN (SELECT value FROM json_each(?))),
  numbers AS (SELECT number FROM deliveries WHERE seq IN seqs UNION ALL SELECT number FROM history WHERE seq IN seqs)
  SELECT count(*) AS deliveries,
    (SELECT count(*) FROM attempts WHERE delivery IN numbers) AS attempts FROM numbers`;
