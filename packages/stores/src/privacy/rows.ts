import type { Attempt, Delivery, PageView, PersonRow, SessionRow, StoredEvent } from "@sessionhook/core";

/** A row of an export. */
export type ExportRow = Readonly<Record<string, unknown>>;

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Returns the row of an event with its body as text, or in base64 where it is not UTF-8. */
export function eventRow({ raw, position: _, ...event }: StoredEvent): ExportRow {
  try {
    return { kind: "event", ...event, body: strict.decode(raw) };
  } catch {
    return { kind: "event", ...event, bodyBase64: base64(raw) };
  }
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

function base64(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}
