import { alternatives, type Document, kindOf } from "./alternatives.ts";
import { type Node, nameOf } from "./node.ts";

/** Annotations: they change what people read and no verdict. */
const forReaders = new Set(["$schema", "$id", "$defs", "title", "description", "examples"]);
/** What `compareOne` and `alternatives` look at; any other keyword is taken for a narrowing where it is new. */
const judged = new Set("$ref type const enum anyOf oneOf allOf properties required items if else".split(" "));

/**
 * What in `after` would refuse an event that `before` takes, or would take a name away from those who
 * generate code: one sentence each, with its place. A new optional field is none, though an event could
 * have carried an unknown field of that name and another type: only the provider makes fields.
 */
export function findBreaks(before: Document, after: Document): string[] {
  const breaks = new Set<string>();
  if (before["$id"] !== after["$id"]) breaks.add("#: the $id is another");
  if (before.title !== after.title) breaks.add("#: the title is another");
  for (const [name, definition] of Object.entries(before.$defs ?? {})) {
    const now = after.$defs?.[name];
    if (now === undefined) breaks.add(`${name}: the definition is gone`);
    else {
      if (now.title !== definition.title) breaks.add(`${name}: the title is another`);
      for (const found of compare(definition, now, name, before, after)) breaks.add(found);
    }
  }
  for (const found of compare(before, after, "#", before, after)) breaks.add(found);
  return [...breaks];
}

/** Every way of fitting the old schema must have one that covers it in the new. */
function compare(before: Node, after: Node, at: string, old: Document, now: Document): string[] {
  return [...compareSiblings(before, after, at), ...compareWays(before, after, at, old, now)];
}

/** What stands beside a reference or branches in the new schema must have stood there in the old. */
function compareSiblings(before: Node, after: Node, at: string): string[] {
  const split = ["$ref", "anyOf", "oneOf", "allOf"];
  if (!split.some((keyword) => keyword in after)) return [];
  return Object.keys(after)
    .filter((keyword) => !split.includes(keyword) && !forReaders.has(keyword))
    .filter((keyword) => !same(before[keyword], after[keyword]))
    .map((keyword) => `${at}: ${keyword} is new or another`);
}

function compareWays(before: Node, after: Node, at: string, old: Document, now: Document): string[] {
  const was = referenceOf(before);
  const is = referenceOf(after);
  // Both name a definition: those are compared once, under their own names.
  if (was !== undefined && is !== undefined) return was === is ? [] : [`${at}: ${was} has become ${is}`];
  const candidates = alternatives(after);
  const ways = alternatives(before);
  if (ways.length === 1 && candidates.length === 1)
    return compareOne(ways[0] as Node, candidates[0] as Node, at, old, now);
  return ways.flatMap((way) => {
    const tries = candidates.map((candidate) => compareOne(way, candidate, at, old, now));
    if (tries.some((found) => found.length === 0)) return [];
    const same = candidates.findIndex((candidate) => kindOf(candidate) === kindOf(way));
    return tries[same] ?? [`${at}: ${kindOf(way)} is not allowed any more`];
  });
}

function compareOne(before: Node, after: Node, at: string, old: Document, now: Document): string[] {
  const was = referenceOf(before);
  const is = referenceOf(after);
  if (was !== undefined || is !== undefined)
    return was === is ? [] : [`${at}: ${was ?? "what was unnamed"} has become ${is ?? "unnamed"}`];
  return [
    ...compareValues(before, after, at),
    ...compareProperties(before, after, at, old, now),
    ...compareItems(before, after, at, old, now),
    ...compareCondition(before, after, at),
    ...Object.keys(after)
      .filter((keyword) => !judged.has(keyword) && !forReaders.has(keyword))
      .filter((keyword) => !same(before[keyword], after[keyword]) && after[keyword] !== true)
      .map((keyword) => `${at}: ${keyword} is new or another`),
  ];
}

function compareValues(before: Node, after: Node, at: string): string[] {
  const breaks: string[] = [];
  const widened = after.type === "number" && before.type === "integer";
  if (after.type !== undefined && after.type !== before.type && !widened)
    breaks.push(`${at}: ${String(before.type ?? "any type")} has become ${String(after.type)}`);
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
  const breaks = added.map((name) => `${at}.${name}: required now`);
  for (const [name, property] of Object.entries(before.properties ?? {})) {
    const present = after.properties?.[name];
    if (present === undefined) breaks.push(`${at}.${name}: the field is gone`);
    else breaks.push(...compare(property, present, `${at}.${name}`, old, now));
  }
  return breaks;
}

function compareItems(before: Node, after: Node, at: string, old: Document, now: Document): string[] {
  if (after.items === undefined) return [];
  if (before.items === undefined) return [`${at}[]: items are restricted now`];
  return compare(before.items, after.items, `${at}[]`, old, now);
}

/** `if` and `else` as our envelopes use them: which fields are required where others are missing. */
function compareCondition(before: Node, after: Node, at: string): string[] {
  const now = after.else?.required ?? [];
  if (after.else === undefined && after.if === undefined && after["then"] === undefined) return [];
  const required = new Set([
    ...(before.required ?? []),
    ...(sameCondition(before, after) ? (before.else?.required ?? []) : []),
  ]);
  const plain = after["then"] === undefined && onlyRequired(after.if) && onlyRequired(after.else);
  if (plain && now.every((name) => required.has(name))) return [];
  return [`${at}: required under another condition`];
}

function sameCondition(before: Node, after: Node): boolean {
  // The condition may only become true more often: fewer fields that must be there.
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
