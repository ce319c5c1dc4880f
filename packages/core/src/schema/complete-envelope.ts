import type { KnownEvent, ReceivedEvent } from "./events.js";

/** An ISO 8601 time that means the same on every machine: it says its offset. */
const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/;

/**
 * The event with `id` and `created`, whichever envelope it came in. Where they are missing, `id` is the
 * message id and `created` (Unix milliseconds) what `timestamp` says; where that is no time with an
 * offset, the attempt timestamp. All of these are signed. What is there is not changed.
 * @param message what `verifySignature` returned: message id, and attempt timestamp in Unix seconds
 */
export function completeEnvelope(
  event: ReceivedEvent,
  message: { readonly id: string; readonly timestamp: number },
): KnownEvent {
  if (event.id !== undefined && event.created !== undefined) return event as KnownEvent;
  return {
    id: message.id,
    created: createdAt(event.timestamp) ?? message.timestamp * 1000,
    ...event,
  } as KnownEvent;
}

function createdAt(timestamp: string | undefined): number | undefined {
  const time = timestamp !== undefined && isoTime.test(timestamp) ? Date.parse(timestamp) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}
