import type {
  AppendOutcome,
  Classification,
  EventStatus,
  EventSummary,
  Issue,
  IssueList,
  Reclassification,
  NewEvent,
  StoreStats,
} from "@sessionhook/core";
import { expect } from "vitest";
import { noStats } from "./events.js";

interface ModelRow extends NewEventFields {
  readonly version: number;
  readonly body: string;
  duplicates: number;
}

interface NewEventFields {
  readonly event: NewEvent;
  type: string | null;
  status: EventStatus;
  issues: readonly Issue[];
  total: number;
  exact: boolean;
}

/** The simplest possible store: a list of rows in order of arrival, which every query searches completely. */
export class EventLogModel {
  readonly rows: ModelRow[] = [];

  append(events: readonly NewEvent[]): AppendOutcome[] {
    return events.map((event) => {
      const body = event.raw.join();
      const versions = this.rows.filter((row) => row.event.id === event.id);
      const same = versions.find((row) => row.body === body);
      if (same !== undefined) {
        same.duplicates++;
        return "duplicate";
      }
      const version = versions.length + 1;
      const { type, issues, total, exact } = event;
      const status = version === 1 ? event.status : "conflict";
      this.rows.push({ event, version, body, type, status, issues, total, exact, duplicates: 0 });
      return version === 1 ? "stored" : "conflict";
    });
  }

  reclassify(id: string, to: Reclassification): boolean {
    const row = this.find(id, 1);
    if (row !== undefined) Object.assign(row, to);
    return row !== undefined;
  }

  find(id: string, version: number): ModelRow | undefined {
    return this.rows.find((row) => row.event.id === id && row.version === version);
  }

  newestFirst(filter: { status?: EventStatus; type?: string; q?: string }): EventSummary[] {
    return this.rows
      .toReversed()
      .filter((row) => filter.status === undefined || row.status === filter.status)
      .filter((row) => filter.type === undefined || row.type === filter.type)
      .filter((row) => filter.q === undefined || row.event.id.startsWith(filter.q))
      .map(summaryOf);
  }

  stats(): StoreStats {
    const stats = { ...noStats };
    for (const { status, duplicates } of this.rows) {
      stats[status === "conflict" ? "conflicts" : (status satisfies Classification)]++;
      stats.duplicates += duplicates;
    }
    return stats;
  }
}

export function summaryOf({ event, version, type, status, duplicates }: ModelRow): EventSummary {
  const { id, receivedAt, attemptTimestamp, raw } = event;
  const size = raw.byteLength;
  // Positions differ between stores; `scan.ts` tests them.
  const position = expect.any(String) as string;
  return { id, version, type, status, receivedAt, attemptTimestamp, size, duplicates, position };
}

export function issuesOf({ issues, total, exact }: ModelRow): IssueList {
  return { issues, total, exact };
}
