import type {
  ErasureReport,
  PersonalData,
  PersonQuery,
  PrivacyStore,
  SearchProgress,
} from "@sessionhook/core";
import { PersonSearch } from "@sessionhook/core/privacy";
import { deliveryName } from "../../deliveries/names.js";
import {
  attemptRow,
  deliveryRow,
  eventRow,
  type ExportRow,
  mostPeopleKeys,
  pageRow,
  personRow,
  sessionRow,
} from "../../privacy/rows.js";
import { copyEvent, type MemoryRow } from "../append-events.js";
import { type DeliveryData, deliveryOf, isFinished, type MemoryDelivery } from "../deliveries/data.js";
import { memoryFactsOf } from "../facts/data.js";
import type { MemoryLog } from "../log.js";

const listedIds = 1000;
/** Rows that are examined before other work of the thread. */
const rowsAtOnce = 100;

interface Memory {
  readonly log: MemoryLog;
  readonly data: DeliveryData | undefined;
}

/** Finds, exports and erases the data of a person in memory. */
export class MemoryPrivacyStore implements PrivacyStore {
  readonly #memory: () => Memory;

  /** @param memory returns the current data: a delivery store can be created later */
  constructor(memory: () => Memory) {
    this.#memory = memory;
  }

  async find(query: PersonQuery, onProgress?: SearchProgress): Promise<PersonalData> {
    return this.#count(await this.#search(query, onProgress));
  }

  #count(ids: readonly string[]): { -readonly [Key in keyof PersonalData]: PersonalData[Key] } {
    const deliveries = ids.flatMap((id) => this.#deliveriesOf(id));
    const { sessions, people } = this.#derivedOf(ids);
    return {
      eventIds: ids.slice(0, listedIds),
      peopleKeys: [...people].toSorted().slice(0, mostPeopleKeys),
      events: ids.reduce((sum, id) => sum + this.#versions(id).length, 0),
      ...this.#countDerived(sessions, people),
      deliveries: deliveries.length,
      attempts: deliveries.reduce((sum, { records }) => sum + records.length, 0),
      deliveredTo: [...new Set(ids.flatMap((id) => this.#deliveredTo(id)))].toSorted(),
    };
  }

  async *export(query: PersonQuery): AsyncGenerator<ExportRow> {
    const seen = new Set<string>();
    for (const id of await this.#search(query)) {
      for (const row of this.#versions(id)) yield eventRow(copyEvent(row));
      for (const delivery of this.#deliveriesOf(id)) {
        yield deliveryRow(deliveryOf(delivery));
        const name = deliveryName(delivery.number);
        for (const record of delivery.records) yield attemptRow(name, structuredClone(record));
      }
      yield* this.#derivedRows(id, seen);
    }
  }

  async erase(query: PersonQuery, now: number, onProgress?: SearchProgress): Promise<ErasureReport> {
    const ids = await this.#search(query, onProgress);
    const { eventIds: _, peopleKeys: __, ...counts } = this.#count(ids);
    const { sessions, people } = this.#derivedOf(ids);
    let cancelled = 0;
    for (const id of ids) cancelled += this.#eraseEvent(id, now);
    const cancelledReplays = this.#eraseSettings(query, now, ids.length > 0);
    // Other events can have the same session or person.
    const left = this.#countDerived(sessions, people);
    for (const kind of ["sessions", "people", "pageViews"] as const) counts[kind] -= left[kind];
    return {
      ...counts,
      at: now,
      tombstones: ids.length,
      cancelled,
      cancelledReplays,
      remainingPeople: left.people,
    };
  }

  async close(): Promise<void> {}

  #versions(id: string): readonly MemoryRow[] {
    return this.#memory().log.byId.get(id) ?? [];
  }

  #deliveriesOf(id: string): MemoryDelivery[] {
    const arrival = this.#versions(id)[0]?.arrival ?? 0;
    return [...(this.#memory().data?.byEvent.get(arrival) ?? [])];
  }

  #deliveredTo(id: string): string[] {
    const arrival = this.#versions(id)[0]?.arrival ?? 0;
    const sent = this.#deliveriesOf(id).filter(({ attempts }) => attempts > 0);
    return [
      ...sent.map(({ destination }) => destination),
      ...(this.#memory().data?.former.get(arrival) ?? []),
    ];
  }

  /** Returns the ids of the sessions and the keys of the people that were derived from events. */
  #derivedOf(ids: readonly string[]): { sessions: Set<string>; people: Set<string> } {
    const facts = memoryFactsOf(this.#memory().log);
    const arrivals = ids.map((id) => this.#versions(id)[0]?.arrival ?? 0);
    return {
      sessions: new Set(arrivals.flatMap((arrival) => facts.sessionIdOf(arrival) ?? [])),
      people: new Set(arrivals.flatMap((arrival) => facts.recordsOf(arrival)?.person?.key ?? [])),
    };
  }

  #countDerived(sessions: ReadonlySet<string>, people: ReadonlySet<string>) {
    const { tables } = memoryFactsOf(this.#memory().log);
    const found = tables.sessions.filter(({ row }) => sessions.has(row.id));
    return {
      sessions: found.length,
      people: tables.people.filter(({ row }) => people.has(row.key)).length,
      pageViews: found.reduce((sum, { row }) => sum + (tables.pages.get(row.id)?.length ?? 0), 0),
    };
  }

  *#derivedRows(event: string, seen: Set<string>): Generator<ExportRow> {
    const { tables } = memoryFactsOf(this.#memory().log);
    const { sessions, people } = this.#derivedOf([event]);
    for (const { row } of tables.sessions) {
      if (!sessions.has(row.id) || seen.has(row.id)) continue;
      seen.add(row.id);
      yield sessionRow(structuredClone(row));
      for (const page of tables.pages.get(row.id) ?? []) yield pageRow(row.id, structuredClone(page));
    }
    for (const { row } of tables.people) {
      if (!people.has(row.key) || seen.has(`person ${row.key}`)) continue;
      seen.add(`person ${row.key}`);
      yield personRow(structuredClone(row));
    }
  }

  /** Returns ids in the order of arrival. */
  async #search(query: PersonQuery, onProgress?: SearchProgress): Promise<string[]> {
    const search = new PersonSearch(query);
    const found = new Set<MemoryRow>();
    const { log } = this.#memory();
    let known: number;
    let pass = 0;
    do {
      known = search.ids;
      pass++;
      for (let at = 0; at < log.rows.length; at++) {
        if (at % rowsAtOnce === 0) {
          onProgress?.({ pass, read: at, total: log.rows.length });
          await new Promise((resolve) => void setTimeout(resolve));
        }
        const row = log.rows[at];
        if (row === undefined) continue;
        const facts = this.#memory().data?.facts.get(row.arrival);
        if (search.examine({ raw: row.raw, facts }) !== undefined) found.add(row);
      }
      onProgress?.({ pass, read: log.rows.length, total: log.rows.length });
    } while (search.ids > known);
    const arrivals = new Map([...found].map(({ id }) => [id, this.#versions(id)[0]?.arrival ?? 0]));
    return [...arrivals].toSorted(([, one], [, other]) => one - other).map(([id]) => id);
  }

  /** Returns the number of deliveries that were cancelled. */
  #eraseEvent(id: string, now: number): number {
    const { log, data } = this.#memory();
    const deliveries = this.#deliveriesOf(id);
    const arrival = this.#versions(id)[0]?.arrival ?? 0;
    for (const delivery of deliveries) {
      data?.delete(delivery);
      const destination = data?.destinations.get(delivery.destination);
      if (destination?.state.reason?.excerpt === undefined || delivery.attempts === 0) continue;
      const { excerpt: _, ...reason } = destination.state.reason;
      destination.state = { ...destination.state, reason };
      destination.version++;
    }
    memoryFactsOf(log).put(arrival, undefined);
    data?.facts.delete(arrival);
    data?.former.delete(arrival);
    data?.byEvent.delete(arrival);
    for (const [key, { event }] of data?.cooldowns ?? []) if (event === id) data?.cooldowns.delete(key);
    if (log.rechecks !== undefined) log.rechecks = log.rechecks.filter(({ row }) => row.id !== id);
    log.remove(id, now, "erased");
    return deliveries.filter(({ state }) => !isFinished(state)).length;
  }

  /** Returns the number of replays that ended. @param everyEnded remove the filters of ended replays whatever they name */
  #eraseSettings(query: PersonQuery, now: number, everyEnded: boolean): number {
    const search = new PersonSearch(query);
    const { data } = this.#memory();
    let cancelled = 0;
    for (const replay of data?.replays.values() ?? []) {
      const { when, ...spec } = replay.spec;
      const running = replay.state === "running";
      if (when === undefined || (!search.isNamedBy(when) && (running || !everyEnded))) continue;
      replay.spec = spec;
      if (!running) continue;
      Object.assign(replay, { state: "cancelled", finishedAt: now });
      cancelled++;
    }
    for (const key of data?.cooldowns.keys() ?? [])
      if (search.cooldownKeys.includes(String((JSON.parse(key) as unknown[])[2])))
        data?.cooldowns.delete(key);
    return cancelled;
  }
}
