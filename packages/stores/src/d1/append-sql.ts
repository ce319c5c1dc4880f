import { type AppendOutcome, type NewEvent, StoreError } from "@sessionhook/core";
import { issuesText } from "../sqlite/rows.js";
import type { D1Binding, D1BoundStatement, D1Rows } from "./binding.js";

/** Largest body a row of D1 (2,000,000 bytes) can hold beside the signature header. */
export const maxD1BodyBytes = 1_900_000;

/**
 * Decides and counts in one statement: an id with new bytes is inserted as its next version, known bytes
 * are counted where they are. `duplicates` is 0 afterwards only for a row that is new.
 */
const placeSql = `INSERT INTO events
    (id, version, type, status, received_at, attempt_timestamp, size, issues, digest)
  VALUES (?1, (SELECT coalesce(max(version), 0) + 1 FROM events WHERE id = ?1), ?2,
    CASE WHEN EXISTS (SELECT 1 FROM events WHERE id = ?1) THEN 'conflict' ELSE ?3 END, ?4, ?5, ?6, ?7, ?8)
  ON CONFLICT (id, digest) DO UPDATE SET duplicates = duplicates + 1
  RETURNING version, duplicates`;

const keepSql = `INSERT INTO received (seq, signature, raw)
  SELECT seq, ?3, CAST(?4 AS BLOB) FROM events WHERE id = ?1 AND digest = ?2 AND duplicates = 0`;

/** The statements that keep the events, two for each and in their order, to be run as one batch. */
export async function appendStatements(
  database: D1Binding,
  events: readonly NewEvent[],
): Promise<D1BoundStatement[]> {
  const pairs = events.map(async (event) => {
    // Read before the first await: the caller may change the bytes once append has returned.
    const body = bindable(event.raw);
    const values = [event.type, event.status, event.receivedAt, event.attemptTimestamp, event.raw.byteLength];
    const { id, signature } = event;
    const issues = issuesText(event.issues);
    const digest = await sha256(event.raw);
    return [
      database.prepare(placeSql).bind(id, ...values, issues, digest),
      database.prepare(keepSql).bind(id, digest, signature, body),
    ];
  });
  return (await Promise.all(pairs)).flat();
}

/** What each event became, from the answers to its statements. */
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
 * The body as D1 takes it. Bytes travel as a JSON list of numbers, four times their size, so what is
 * text goes as text and is cast back to the same bytes; a NUL might end a text early.
 */
function bindable(raw: Uint8Array): string | ArrayBuffer {
  if (raw.byteLength > maxD1BodyBytes)
    throw new StoreError("store_unavailable", "The body is larger than a row of D1");
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
