import { alternatives, type Document, kindOf } from "./alternatives.ts";
import { type Node, nameOf } from "./node.ts";

/** Annotations, which do not affect validation. */
const forReaders = new Set(["$schema", "$id", "$defs", "title", "description", "examples"]);
/** Keywords that `compareOne` and `alternatives` compare; any other keyword that is new or changed counts as a break. */
const judged = new Set("$ref type const enum anyOf oneOf allOf properties required items if else".split(" "));

/**
 * Returns the breaking changes from `before` to `after`, each as one sentence with its path: changes that reject an event
 * that was valid, or that remove a name from generated code. A new optional field is not a break, although an event could
 * have had an unknown field of that name and another type: only the provider adds fields.
 */
export function findBreaks(before: Document, after: Document): string[] {
  const breaks = new Set<string>();
  if (before["$id"] !== after["$id"]) breaks.add("#: the $id changed");
  if (before.title !== after.title) breaks.add("#: the title changed");
  for (const [name, definition] of Object.entries(before.$defs ?? {})) {
    const now = after.$defs?.[name];
    if (now === undefined) breaks.add(`${name}: the definition was removed`);
    else {
      if (now.title !== definition.title) breaks.add(`${name}: the title changed`);
      for (const found of compare(definition, now, name, before, after)) breaks.add(found);
    }
  }
  for (const found of compare(before, after, "#", before, after)) breaks.add(found);
  return [...breaks];
}

/** Checks that every alternative of the old schema is covered by one of the new schema. */
function compare(before: Node, after: Node, at: string, old: Document, now: Document): string[] {
  return [...compareSiblings(before, after, at), ...compareWays(before, after, at, old, now)];
}

/** Checks that keywords next to a reference or branches in the new schema were in the old schema as well. */
function compareSiblings(before: Node, after: Node, at: string): string[] {
  const split = ["$ref", "anyOf", "oneOf", "allOf"];
  if (!split.some((keyword) => keyword in after)) return [];
  return Object.keys(after)
    .filter((keyword) => !split.includes(keyword) && !forReaders.has(keyword))
    .filter((keyword) => !same(before[keyword], after[keyword]))
    .map((keyword) => `${at}: ${keyword} was added or changed`);
}

function compareWays(before: Node, after: Node, at: string, old: Document, now: Document): string[] {
  const was = referenceOf(before);
  const is = referenceOf(after);
  // Both reference a definition; definitions are compared once, under their own names.
  if (was !== undefined && is !== undefined) return was === is ? [] : [`${at}: ${was} changed to ${is}`];
  const candidates = alternatives(after);
  const ways = alternatives(before);
  if (ways.length === 1 && candidates.length === 1)
    return compareOne(ways[0] as Node, candidates[0] as Node, at, old, now);
  return ways.flatMap((way) => {
    const tries = candidates.map((candidate) => compareOne(way, candidate, at, old, now));
    if (tries.some((found) => found.length === 0)) return [];
    const same = candidates.findIndex((candidate) => kindOf(candidate) === kindOf(way));
    return tries[same] ?? [`${at}: ${kindOf(way)} is no longer allowed`];
  });
}

function compareOne(before: Node, after: Node, at: string, old: Document, now: Document): string[] {
  const was = referenceOf(before);
  const is = referenceOf(after);
  if (was !== undefined || is !== undefined)
    return was === is ? [] : [`${at}: ${was ?? "an unnamed type"} changed to ${is ?? "an unnamed type"}`];
  return [
    ...compareValues(before, after, at),
    ...compareProperties(before, after, at, old, now),
    ...compareItems(before, after, at, old, now),
    ...compareCondition(before, after, at),
    ...Object.keys(after)
      .filter((keyword) => !judged.has(keyword) && !forReaders.has(keyword))
      .filter((keyword) => !same(before[keyword], after[keyword]) && after[keyword] !== true)
      .map((keyword) => `${at}: ${keyword} was added or changed`),
  ];
}

function compareValues(before: Node, after: Node, at: string): string[] {
  const breaks: string[] = [];
  const widened = after.type === "number" && before.type === "integer";
  if (after.type !== undefined && after.type !== before.type && !widened)
    breaks.push(`${at}: ${String(before.type ?? "any type")} changed to ${String(after.type)}`);
  const were = before["enum"] ?? ("const" in before ? [before.const] : undefined);
  const are = after["enum"] ?? ("const" in after ? [after.const] : undefined);
  if (Array.isArray(are)) {
    const covered = Array.isArray(were) && were.every((value) => are.some((other) => same(value, other)));
    if (!covered) breaks.push(`${at}: fewer values are allowed`);
  }
  return breaks;
}

function compareProperties(before: Node, after: Node, at: string, old: Document, now: Document): string[] {
  const added = (after.required ?? []).filter((name) => !(before.required ?? []).includes(name));
  const breaks = added.map((name) => `${at}.${name}: is now required`);
  for (const [name, property] of Object.entries(before.properties ?? {})) {
    const present = after.properties?.[name];
    if (present === undefined) breaks.push(`${at}.${name}: the field was removed`);
    else breaks.push(...compare(property, present, `${at}.${name}`, old, now));
  }
  return breaks;
}

function compareItems(before: Node, after: Node, at: string, old: Document, now: Document): string[] {
  if (after.items === undefined) return [];
  if (before.items === undefined) return [`${at}[]: items are now restricted`];
  return compare(before.items, after.items, `${at}[]`, old, now);
}

/** Compares `if` and `else` in the form that our envelopes use: fields that are required when others are missing. */
function compareCondition(before: Node, after: Node, at: string): string[] {
  const now = after.else?.required ?? [];
  if (after.else === undefined && after.if === undefined && after["then"] === undefined) return [];
  const required = new Set([
    ...(before.required ?? []),
    ...(sameCondition(before, after) ? (before.else?.required ?? []) : []),
  ]);
  const plain = after["then"] === undefined && onlyRequired(after.if) && onlyRequired(after.else);
  if (plain && now.every((name) => required.has(name))) return [];
  return [`${at}: the condition for required fields changed`];
}

function sameCondition(before: Node, after: Node): boolean {
  // The condition may only become true more often, which means with fewer required fields.
  const was = before.if?.required ?? [];
  return (
    onlyRequired(before.if) &&
    (after.if?.required ?? []).every((name) => was.includes(name)) &&
    was.length > 0
  );
}

function onlyRequired(node: Node | undefined): boolean {
  const { required, properties, ...rest } = node ?? {};
  const inner = [rest, ...Object.values(properties ?? {})].flatMap((part) => Object.keys(part));
  return required !== undefined && inner.every((keyword) => forReaders.has(keyword));
}

function referenceOf({ $ref }: Node): string | undefined {
  return $ref === undefined ? undefined : nameOf($ref);
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
