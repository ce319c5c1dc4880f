import { bodyOf } from "@sessionhook/core/export";
import type { Attempt, Delivery, PageView, PersonRow, SessionRow, StoredEvent } from "@sessionhook/core";

/** A row of an export. */
export type ExportRow = Readonly<Record<string, unknown>>;

/** Returns the row of an event with its body as text, or in base64 where it is not UTF-8. */
export function eventRow({ raw, ...event }: StoredEvent): ExportRow {
  return { kind: "event", ...event, ...bodyOf(raw) };
}

export function deliveryRow(delivery: Delivery): ExportRow {
  return { kind: "delivery", ...delivery };
}

export function attemptRow(delivery: string, attempt: Attempt): ExportRow {
  return { kind: "attempt", delivery, ...attempt };
}

export function sessionRow(session: SessionRow): ExportRow {
  return { kind: "session", ...session };
}

/** @param session its id */
export function pageRow(session: string, page: PageView): ExportRow {
  return { kind: "page", session, ...page };
}

export function personRow(person: PersonRow): ExportRow {
  return { kind: "person", ...person };
}

/** Keys of people that a search lists. */
export const mostPeopleKeys = 20;
