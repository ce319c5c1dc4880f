import { forReaders } from "./emit-validators.ts";

/**
 * TypeScript that holds the definitions without what is there for readers. They are a text: most processes never need
 * them, and a text costs their start nothing.
 * @param defs the `$defs` of a schema
 * @param names the definition of each event type
 */
export function emitDefinitions(
  defs: Readonly<Record<string, object>>,
  names: Readonly<Record<string, string>>,
): string {
  const text = JSON.stringify(mapValues(defs, bare));
  if (/['\\]/.test(text)) throw new Error("cannot quote these definitions");
  return `/** JSON: by its name, the definition of everything an event is made of. */
export const definitions: string =
  '${text}';

/** The name of the definition of each event type. */
export const definitionOf: Readonly<Record<string, string>> = ${JSON.stringify(names, null, 2)};
`;
}

/** A schema without its annotations. The names of properties are no keywords, whatever they are. */
function bare(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(bare);
  if (typeof node !== "object" || node === null) return node;
  const kept = Object.entries(node).filter(([keyword]) => !forReaders.has(keyword));
  return Object.fromEntries(
    kept.map(([keyword, value]) => [
      keyword,
      keyword === "properties" ? mapValues(value as object, bare) : bare(value),
    ]),
  );
}

function mapValues(object: object, map: (value: unknown) => unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value)]));
}
