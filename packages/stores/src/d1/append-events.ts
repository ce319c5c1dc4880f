import { type AppendOutcome, type NewEvent, StoreError } from "@sessionhook/core";
import { issuesToJson } from "../issues-json.js";
import type { D1Binding, D1BoundStatement, D1Rows } from "./binding.js";

/** Largest body in bytes: a D1 row is limited to 2,000,000 bytes and also contains the signature header. */
export const maxD1BodyBytes = 1_900_000;

/**
 * Classifies and counts an event in one statement: new bytes under an id are inserted as its next version, known bytes
 * increment the row's `duplicates`. Afterwards `duplicates` is 0 only for a new row.
 */
const insertEventSql = `INSERT INTO events
    (id, version, type, status, received_at, attempt_timestamp, size, issues, digest)
  VALUES (?1, (SELECT coalesce(max(version), 0) + 1 FROM events WHERE id = ?1), ?2,
    CASE WHEN EXISTS (SELECT 1 FROM events WHERE id = ?1) THEN 'conflict' ELSE ?3 END, ?4, ?5, ?6, ?7, ?8)
  ON CONFLICT (id, digest) DO UPDATE SET duplicates = duplicates + 1
  RETURNING version, duplicates`;

const insertReceivedSql = `INSERT INTO received (seq, signature, raw)
  SELECT seq, ?3, CAST(?4 AS BLOB) FROM events WHERE id = ?1 AND digest = ?2 AND duplicates = 0`;

/** Returns the statements that store the events, two per event in the given order, to be run as one batch. */
export async function appendStatements(
  database: D1Binding,
  events: readonly NewEvent[],
): Promise<D1BoundStatement[]> {
  const pairs = events.map(async (event) => {
    // Read before the first await: the caller may change the bytes once append has returned.
    const body = bindable(event.raw);
    const values = [event.type, event.status, event.receivedAt, event.attemptTimestamp, event.raw.byteLength];
    const { id, signature } = event;
    const issues = issuesToJson(event);
    const digest = await sha256(event.raw);
    return [
      database.prepare(insertEventSql).bind(id, ...values, issues, digest),
      database.prepare(insertReceivedSql).bind(id, digest, signature, body),
    ];
  });
  return (await Promise.all(pairs)).flat();
}

/** Returns the outcome of each event from the results of its statements. */
export function outcomesOf(answers: readonly D1Rows[]): AppendOutcome[] {
  return answers.flatMap(({ results }, index) => {
    if (index % 2 === 1) return [];
    const { version, duplicates } = results[0] as { version: number; duplicates: number };
    if (duplicates > 0) return ["duplicate"];
    return [version === 1 ? "stored" : "conflict"];
  });
}

const strictUtf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * Converts a body to a value that D1 can bind. D1 sends bytes as a JSON list of numbers, four times their size, so a body
 * that is UTF-8 text is sent as text and cast back to the same bytes. A text with a NUL might be truncated, so it is sent
 * as bytes.
 */
function bindable(raw: Uint8Array): string | ArrayBuffer {
  if (raw.byteLength > maxD1BodyBytes)
    throw new StoreError("store_unavailable", `The body exceeds the D1 limit of ${maxD1BodyBytes} bytes`);
  try {
    const text = strictUtf8.decode(raw);
    if (!text.includes("\u0000")) return text;
  } catch {
    // Not UTF-8.
  }
  return Uint8Array.from(raw).buffer;
}

async function sha256(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", bytes as Uint8Array<ArrayBuffer>);
  return btoa(String.fromCharCode(...new Uint8Array(digest)));
}
