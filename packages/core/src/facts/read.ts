/**
 * Readers of parsed JSON. The schema checks the fields it knows; these return undefined for anything else, so that no
 * value in an unknown field or in an event that does not fit its schema can throw.
 */

/** Returns the own property of an object; undefined if there is none or the value is not an object. */
export function at(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}

/** Returns whether a value is an object and not an array. */
export function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Returns the entries of an array; none for any other value. */
export function entriesOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Returns the value if it is text with more than white space. */
export function textAt(value: unknown, key: string): string | undefined {
  const found = at(value, key);
  return typeof found === "string" && found.trim() !== "" ? found : undefined;
}

/** Returns the value if it is a finite number. */
export function numberAt(value: unknown, key: string): number | undefined {
  const found = at(value, key);
  return typeof found === "number" && Number.isFinite(found) ? found : undefined;
}
