import {
  type EventPage,
  type EventLog,
  type EventSummary,
  type ListQuery,
  type NewEvent,
  noIssues,
  StoreError,
  type StoreStats,
} from "@sessionhook/core";
import { expect } from "vitest";

const encoder = new TextEncoder();

export const noStats: StoreStats = {
  accepted: 0,
  quarantined: 0,
  unrecognized: 0,
  conflicts: 0,
  duplicates: 0,
};

/** Returns a complete event; `raw` may be a text. */
export function newEvent(
  fields: Omit<Partial<NewEvent>, "raw"> & { readonly raw?: Uint8Array | string } = {},
): NewEvent {
  const id = fields.id ?? "evt_1";
  const raw = fields.raw ?? `{"id":"${id}"}`;
  return {
    id,
    type: "identity.session.finalized",
    status: "accepted",
    ...noIssues,
    receivedAt: 1_771_000_000_123,
    attemptTimestamp: 1_771_000_000,
    signature: "v1,c2lnbmF0dXJl",
    ...fields,
    raw: typeof raw === "string" ? encoder.encode(raw) : raw,
  };
}

/** Returns `count` events with ids `prefix0`, `prefix1`, … */
export function newEvents(count: number, prefix = "evt_", fields: Partial<NewEvent> = {}): NewEvent[] {
  return Array.from({ length: count }, (_, index) => newEvent({ ...fields, id: `${prefix}${index}` }));
}

/** Returns bytes that no compression shortens, the same ones for the same seed. */
export function incompressible(length: number, seed: number): Uint8Array {
  let state = seed;
  return Uint8Array.from({ length }, () => {
    // The multiplier and the increment of Numerical Recipes; the high bits are the random ones.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 24;
  });
}

/** Reads all pages by their cursors; `between` runs after every page. */
export async function listAll(
  store: EventLog,
  query: Omit<ListQuery, "cursor">,
  between: (page: EventPage) => Promise<void> = async () => {},
): Promise<EventSummary[]> {
  const all: EventSummary[] = [];
  let cursor: string | undefined;
  do {
    const page: EventPage = await store.list(cursor === undefined ? query : { ...query, cursor });
    expect(page.events.length).toBeLessThanOrEqual(query.limit);
    // Without this check, a broken cursor would never end.
    if (page.nextCursor !== null) expect(page.events.length).toBeGreaterThan(0);
    all.push(...page.events);
    await between(page);
    if (page.nextCursor === cursor)
      throw new Error("The cursor of the next page equals the one of this page");
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return all;
}

export async function listIds(store: EventLog, query: Partial<ListQuery> = {}): Promise<string[]> {
  const { events } = await store.list({ limit: 500, ...query });
  return events.map(({ id }) => id);
}

/** Computes the statistics from all rows of the list. */
export async function recount(store: EventLog): Promise<StoreStats> {
  const stats = { ...noStats };
  for (const { status, duplicates } of await listAll(store, { limit: 7 })) {
    stats[status === "conflict" ? "conflicts" : status]++;
    stats.duplicates += duplicates;
  }
  return stats;
}

/** Expects the promise to reject with a `StoreError` with this code. */
export async function expectStoreError(promise: Promise<unknown>, code: StoreError["code"]): Promise<void> {
  const error: unknown = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(error).toSatisfy((error) => StoreError.isInstance(error));
  expect(error).toMatchObject({ code });
}

/** Compares bytes; `toEqual` is slow for a megabyte. */
export function expectBytes(actual: Uint8Array | undefined, expected: Uint8Array): void {
  expect(actual).toBeInstanceOf(Uint8Array);
  expect(actual?.byteLength).toBe(expected.byteLength);
  expect(actual?.findIndex((byte, index) => byte !== expected[index])).toBe(-1);
}
