import type { Source } from "./source.js";

/** The types of facts. Times are numbers, in Unix milliseconds. */
export type FactType = "string" | "number" | "boolean" | "string[]";

export interface FactDefinition {
  /** Key in the flat row: the path in camel case. */
  readonly name: string;
  /** Place of the fact in filters and maps: `group.field`, or a single word. */
  readonly path: string;
  readonly type: FactType;
  /** Every value that a fact of the type string can have, if they are fixed. */
  readonly values?: readonly string[];
  readonly description: string;
  /** The payload fields it is read from, or the rule that derives it. */
  readonly derived: string;
}

/** A definition with its reader. The reader may return any value: one of another type counts as absent. */
export interface ReadableFact extends FactDefinition {
  readonly read: (source: Source) => unknown;
}

/** Returns the key in the flat row: `company.employeeCount` is `companyEmployeeCount`. */
export function nameOf(path: string): string {
  return path.replaceAll(/\.(.)/g, (_, letter: string) => letter.toUpperCase());
}

type Row = readonly [
  field: string,
  type: FactType | readonly string[],
  description: string,
  derived: string,
  read: ReadableFact["read"],
];

/** Returns the definitions of a group. A type given as a list of values is a string with those values. */
export function group(name: string, rows: readonly Row[]): readonly ReadableFact[] {
  return rows.map(([field, type, description, derived, read]) => {
    const path = field === "" ? name : `${name}.${field}`;
    const typed = typeof type === "string" ? { type } : { type: "string" as const, values: type };
    return { name: nameOf(path), path, ...typed, description, derived, read };
  });
}
