import { attributionKeys } from "@sessionhook/core";

/** Names and values of a query, in the order of an address. */
export type Query = Readonly<Record<string, string | undefined>>;

/** Longest value of a filter: longer ones match nothing, and would only fill the page. */
const maxValue = 2048;

/** Returns a parameter unchanged, because stores compare it exactly; undefined if it is empty. */
export function readExact(query: Query, name: string): string | undefined {
  const text = query[name];
  return text === undefined || text === "" ? undefined : text.slice(0, maxValue).toWellFormed();
}

/**
 * Returns a text that a user typed, without surrounding spaces; undefined if nothing is left. Invisible characters become a
 * space, because some separate words: the tab between two cells, a line break, the non-joiner of Persian.
 */
export function readText(query: Query, name: string): string | undefined {
  const text = (query[name] ?? "").replaceAll(/[\p{Cc}\p{Cf}]+/gu, " ").trim();
  return text === "" ? undefined : text.slice(0, maxValue).toWellFormed();
}

/**
 * The value, in an address, of visits that have none, such as no source. Received values have no spaces around them, and
 * forms send an empty text for a choice that is not made.
 */
export const withoutValue = " ";

/** The origin of visits: values as received, or `withoutValue`. */
export type Origin = Readonly<Partial<Record<(typeof attributionKeys)[number], string | undefined>>>;

export function readOrigin(query: Query): Origin {
  return Object.fromEntries(attributionKeys.map((name) => [name, readExact(query, name)]));
}

/** Returns the filter of a store, for which an empty text selects visits without a value. */
export function storeOrigin(origin: Origin): Origin {
  const value = (text: string | undefined) => (text === withoutValue ? "" : text);
  return Object.fromEntries(attributionKeys.map((name) => [name, value(origin[name])]));
}

/** Returns a parameter if it is one of the choices. */
export function readChoice<Choice extends string>(
  query: Query,
  name: string,
  choices: readonly Choice[],
): Choice | undefined {
  return choices.find((choice) => choice === query[name]);
}

/** Returns a path with the given parameters; an undefined one is left out. */
export function pathWith(path: string, query: Query): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) parameters.set(name, value);
  const text = parameters.toString();
  return text === "" ? path : `${path}?${text}`;
}
