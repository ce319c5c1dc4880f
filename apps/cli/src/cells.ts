import { approximateDuration } from "./duration.js";
import { harmless } from "./shell.js";

/** Cells of tables, from the values of an answer, which can be anything. */

/** Returns the objects of a list. */
export function rowsOf(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [];
  return list.map((row) => fieldsOf(row));
}

/** Returns the members of an object; none of anything else. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

/** Shows a text or a number; `-` for anything else. */
export function cell(value: unknown): string {
  if (typeof value === "number") return String(value);
  return typeof value === "string" ? harmless(value) : "-";
}

/** Shows Unix milliseconds as ISO 8601. */
export function time(value: unknown): string {
  const date = new Date(typeof value === "number" || typeof value === "string" ? value : Number.NaN);
  return Number.isNaN(date.getTime()) ? "-" : date.toISOString();
}

/** Shows a number of seconds as `3 min`. */
export function seconds(value: unknown): string {
  return typeof value === "number" ? approximateDuration(value) : "-";
}

/** Shows a reason as its code. */
export function reason(value: unknown): string {
  return cell(fieldsOf(value)["code"]);
}

/** Shows a number of things, such as `1 event` or `2 events`. */
export function numberOf(count: unknown, one: string, many = `${one}s`): string {
  return `${cell(count)} ${count === 1 ? one : many}`;
}
