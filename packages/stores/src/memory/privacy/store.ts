import type {
  ErasureReport,
  PersonalData,
  PersonQuery,
  PrivacyStore,
  SearchProgress,
} from "@sessionhook/core";
import { PersonSearch } from "@sessionhook/core/privacy";
import { deliveryName } from "../../deliveries/names.js";
import { attemptRow, deliveryRow, eventRow, type ExportRow } from "../../privacy/rows.js";
import { copyEvent, type MemoryRow } from "../append-events.js";
import { type DeliveryData, deliveryOf, isFinished, type MemoryDelivery } from "../deliveries/data.js";
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

  #count(ids: readonly string[]): PersonalData {
    const deliveries = ids.flatMap((id) => this.#deliveriesOf(id));
    return {
      eventIds: ids.slice(0, listedIds),
      events: ids.reduce((sum, id) => sum + this.#versions(id).length, 0),
      sessions: 0,
      people: 0,
      pageViews: 0,
      deliveries: deliveries.length,
      attempts: deliveries.reduce((sum, { records }) => sum + records.length, 0),
      deliveredTo: [...new Set(ids.flatMap((id) => this.#deliveredTo(id)))].toSorted(),
    };
  }

  async *export(query: PersonQuery): AsyncGenerator<ExportRow> {
    for (const id of await this.#search(query)) {
      for (const row of this.#versions(id)) yield eventRow(copyEvent(row));
      for (const delivery of this.#deliveriesOf(id)) {
        yield deliveryRow(deliveryOf(delivery));
        const name = deliveryName(delivery.number);
        for (const record of delivery.records) yield attemptRow(name, structuredClone(record));
      }
    }
  }

  async erase(query: PersonQuery, now: number, onProgress?: SearchProgress): Promise<ErasureReport> {
    const ids = await this.#search(query, onProgress);
    const { eventIds: _, ...counts } = this.#count(ids);
    let cancelled = 0;
    for (const id of ids) cancelled += this.#eraseEvent(id, now);
    this.#eraseSettings(query, now);
    return { ...counts, at: now, tombstones: ids.length, cancelled };
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
    data?.facts.delete(arrival);
    data?.former.delete(arrival);
    data?.byEvent.delete(arrival);
    for (const [key, { event }] of data?.cooldowns ?? []) if (event === id) data?.cooldowns.delete(key);
    if (log.rechecks !== undefined) log.rechecks = log.rechecks.filter(({ row }) => row.id !== id);
    log.remove(id, now, "erased");
    return deliveries.filter(({ state }) => !isFinished(state)).length;
  }

  #eraseSettings(query: PersonQuery, now: number): void {
    const value = (query.email ?? query.linkedin ?? query.visitorId ?? query.sessionId ?? "")
      .trim()
      .toLowerCase();
    const { data } = this.#memory();
    for (const replay of data?.replays.values() ?? []) {
      if (replay.spec.when?.toLowerCase().includes(value) !== true) continue;
      const { when: _, ...spec } = replay.spec;
      replay.spec = spec;
      if (replay.state === "running") Object.assign(replay, { state: "cancelled", finishedAt: now });
    }
    for (const key of data?.cooldowns.keys() ?? [])
      if ((JSON.parse(key) as unknown[])[2] === `person:${value}`) data?.cooldowns.delete(key);
  }
}
