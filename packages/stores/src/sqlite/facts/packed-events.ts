import type { StoredBody } from "@sessionhook/core";

/** Events for another thread: one buffer with all bodies is transferred, where one for each would be copied. */
export interface PackedEvents {
  readonly ids: readonly string[];
  readonly times: readonly number[];
  /** Place in `bodies` at which the body of each event ends. */
  readonly ends: readonly number[];
  readonly bodies: Uint8Array<ArrayBuffer>;
}

export function packed(events: readonly StoredBody[]): PackedEvents {
  let length = 0;
  const ends = events.map(({ raw }) => (length += raw.length));
  const bodies = new Uint8Array(length);
  for (const [index, { raw }] of events.entries()) bodies.set(raw, (ends[index] ?? 0) - raw.length);
  return { ids: events.map(({ id }) => id), times: events.map(({ receivedAt }) => receivedAt), ends, bodies };
}

export function unpacked({ ids, times, ends, bodies }: PackedEvents): StoredBody[] {
  return ids.map((id, index) => ({
    id,
    receivedAt: times[index] as number,
    raw: bodies.subarray(ends[index - 1] ?? 0, ends[index]),
  }));
}
