import {
  type AppendOutcome,
  type EventLog,
  type NewEvent,
  SessionhookError,
  StoreError,
} from "@sessionhook/core";

const outcomes: ReadonlySet<unknown> = new Set<AppendOutcome>(["stored", "duplicate", "conflict"]);

export function isAppendOutcome(value: unknown): value is AppendOutcome {
  return outcomes.has(value);
}

/**
 * Appends a batch to a store, all or nothing, and checks that the store confirms each event: only confirmed events may be
 * acknowledged. Every caller of `append` uses it.
 * @throws StoreError as the store throws it; `store_unavailable`, with the `cause`, for any other error of the store, and
 * for a result that is not one outcome for each event
 */
export async function appendEvents(
  store: Pick<EventLog, "append">,
  events: readonly NewEvent[],
): Promise<readonly AppendOutcome[]> {
  let result: unknown;
  try {
    result = await store.append(events);
  } catch (cause) {
    if (SessionhookError.isInstance(cause)) throw cause;
    throw new StoreError("store_unavailable", "The store failed to append the events", { cause });
  }
  // `every` skips the holes of a sparse array; the spread makes them undefined.
  if (Array.isArray(result) && result.length === events.length && [...result].every(isAppendOutcome))
    return result as AppendOutcome[];
  throw new StoreError(
    "store_unavailable",
    'The store confirmed no event: append must return an array with "stored", "duplicate" or "conflict" for each event',
  );
}
