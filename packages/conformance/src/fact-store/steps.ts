import {
  type AttributionQuery,
  type CompanyRow,
  type DeriveAll,
  type FactStore,
  noIssues,
  type NewEvent,
  type PersonRow,
  type RowPage,
  type SessionFilter,
  type SessionRow,
  type SummaryFilter,
} from "@sessionhook/core";
import { recordsOfStored } from "@sessionhook/core/derive";
import type { FactStores } from "./harness.js";
import { visit, type Visit } from "./visits.js";

export const now = 1_772_000_000_000;

/** Routes everything that is not routed, and derives it, as the router does. */
export async function route(stores: FactStores, most = Infinity): Promise<void> {
  await routeOnly(stores, most);
  await derive(stores);
}

/** Derives everything that is routed. */
export async function derive({ deliveries }: FactStores): Promise<void> {
  while (await deliveries.deriveRouted(3));
}

/** Routes everything that is not routed; `deriveRouted` follows. */
export async function routeOnly({ deliveries }: FactStores, most = Infinity): Promise<void> {
  for (let routed = 0; routed < most;) {
    const { events, token } = await deliveries.unrouted(Math.min(100, most - routed));
    if (events.length === 0) return;
    const decisions = events.map((event) => ({
      eventId: event.id,
      facts: undefined,
      records: event.status === "accepted" ? recordsOfStored(event) : undefined,
      deliveries: [],
    }));
    if (!(await deliveries.plan(token, decisions, now))) throw new Error("The plan was refused");
    routed += events.length;
  }
}

/** Stores and routes the events of visits. */
export async function arrive(stores: FactStores, ...visits: readonly (Visit | NewEvent)[]): Promise<void> {
  await stores.events.append(visits.map((each) => ("raw" in each ? each : visit(each))));
  await route(stores);
}

export async function accept({ events }: FactStores, id: string): Promise<void> {
  const event = await events.get(id);
  await events.reclassify(id, { type: event?.type ?? null, status: "accepted", ...noIssues });
}

/** Derives the records of events a moment later, as another thread does. */
export const recordsOfAll: DeriveAll = async (events) => {
  await new Promise((resolve) => setImmediate(resolve));
  return events.map((event) => recordsOfStored(event));
};

/** Runs a rebuild to its end, with the records of the next step derived during each. */
export async function rebuild({ facts }: Pick<FactStores, "facts">, limit = 3): Promise<void> {
  await facts.startRebuild(now);
  for (let step = 0; step < 100_000; step++)
    if ((await facts.rebuildStep(limit, recordsOfStored, recordsOfAll)).done) return;
  throw new Error("The rebuild does not end");
}

/** Deletes events until none is left to delete. */
export async function pruneEvents({ deliveries }: FactStores, eventsBefore: number): Promise<void> {
  for (let idle = 0; idle < 3;) {
    const { events } = await deliveries.prune({ eventsBefore, now, limit: 5 });
    idle = events === 0 ? idle + 1 : 0;
  }
}

/** Reads all pages. */
export async function pages<Row>(
  read: (cursor: string | undefined) => Promise<RowPage<Row>>,
): Promise<Row[]> {
  const rows: Row[] = [];
  let cursor: string | undefined;
  do {
    const page = await read(cursor);
    rows.push(...page.rows);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return rows;
}

export function allSessions(facts: FactStore, filter: SessionFilter = {}, limit = 7): Promise<SessionRow[]> {
  return pages((cursor) => facts.sessions({ ...filter, limit, cursor }));
}

export function allPeople(facts: FactStore, filter: SummaryFilter = {}, limit = 7): Promise<PersonRow[]> {
  return pages((cursor) => facts.people({ ...filter, limit, cursor }));
}

export function allCompanies(facts: FactStore, filter: SummaryFilter = {}, limit = 7): Promise<CompanyRow[]> {
  return pages((cursor) => facts.companies({ ...filter, limit, cursor }));
}

export const keys = ["source", "medium", "campaign", "landingPage", "referrer", "country"] as const;
export const models = ["first", "last"] as const;

/** Reads everything that a fact store has, so that two states can be compared. */
export async function snapshot(facts: FactStore, ranges: readonly Partial<AttributionQuery>[] = [{}]) {
  const { sessions, people, companies } = await facts.status();
  const rows = await allSessions(facts);
  return {
    counts: { sessions, people, companies },
    sessions: await Promise.all(rows.map(({ id }) => facts.session(id))),
    people: await allPeople(facts),
    companies: await allCompanies(facts),
    attribution: await Promise.all(
      ranges.flatMap((range) =>
        keys.flatMap((by) => models.map((model) => facts.attribution({ model, by, limit: 5, ...range }))),
      ),
    ),
    values: await Promise.all(keys.map((by) => facts.values(by))),
  };
}
