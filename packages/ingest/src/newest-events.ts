import type { Classification, EventLog, EventSummary, StoredEvent } from "@sessionhook/core";
import { maxPageSize } from "@sessionhook/core/limits";
import { systemDefer } from "./write-queue.js";

export interface NewestLimits {
  /** Maximum number of events. Default 1,000. */
  readonly maxEvents?: number | undefined;
  /** Maximum size of their bodies together, in bytes. Default 32 MiB. */
  readonly maxBytes?: number | undefined;
}

export interface NewestEvents {
  /** Pages of events, oldest first. At most one page of bodies is in memory, and other work runs between two pages. */
  readonly pages: AsyncIterable<readonly StoredEvent[]>;
  /** False if the store has older ones. */
  readonly complete: boolean;
}

/** Reads the newest events of a status with their bodies, up to the limits. */
export async function newestEvents(
  log: EventLog,
  status: Classification,
  { maxEvents = 1000, maxBytes = 32 * 1024 * 1024 }: NewestLimits = {},
): Promise<NewestEvents> {
  const chosen: EventSummary[] = [];
  let bytes = 0;
  let cursor: string | undefined;
  // Position after the row before the chosen ones: `scan` begins there.
  let older: EventSummary | undefined;
  do {
    const page = await log.list({ status, cursor, limit: maxPageSize });
    for (const event of page.events) {
      if (chosen.length === maxEvents || (chosen.length > 0 && bytes + event.size > maxBytes)) {
        older = event;
        break;
      }
      chosen.push(event);
      bytes += event.size;
    }
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined && older === undefined);
  const wanted = new Set(chosen.map(({ id }) => id));
  return { pages: scanned(log, status, older?.position, wanted), complete: older === undefined };
}

async function* scanned(
  log: EventLog,
  status: Classification,
  after: string | undefined,
  wanted: Set<string>,
): AsyncGenerator<readonly StoredEvent[]> {
  while (wanted.size > 0) {
    const page = await log.scan({ status, after, limit: maxPageSize });
    const events = page.events.filter(({ id }) => wanted.delete(id));
    if (events.length > 0) yield events;
    if (page.end) return;
    after = page.position;
    await new Promise<void>((resolve) => systemDefer(resolve));
  }
}

/** Returns the path of an issue without the positions in arrays: `data.enrichment.companies[].name`. */
export function pathPattern(path: string): string {
  return path.replaceAll(/\[\d+\]/g, "[]");
}
