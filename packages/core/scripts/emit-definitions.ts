import { forReaders } from "./emit-validators.ts";

/**
 * Returns TypeScript that holds the definitions without their annotations. They are a text: most processes never need
 * them, and a text costs their start nothing.
 * @param defs the `$defs` of a schema
 * @param events the definition of each event type
 */
export function emitDefinitions(
  defs: Readonly<Record<string, object>>,
  events: Readonly<Record<string, string>>,
): string {
  const text = JSON.stringify(mapValues(defs, bare));
  if (/['\\]/.test(text)) throw new Error("cannot quote these definitions");
  return `const definitions =
  '${text}';

const definitionOf: Readonly<Record<string, string>> = ${JSON.stringify(events, null, 2)};

let parsed: RootSchema["$defs"] | undefined;

/** Returns the JSON Schema of an event type, without annotations. */
export function schemaOf(type: string): RootSchema {
  parsed ??= JSON.parse(definitions) as RootSchema["$defs"];
  return { $defs: parsed, $ref: \`#/$defs/\${definitionOf[type]}\` };
}
`;
}

/** A schema without its annotations. The names of properties are no keywords, whatever they are. */
function bare(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(bare);
  if (typeof node !== "object" || node === null) return node;
  const relevant = Object.entries(node).filter(([keyword]) => !forReaders.has(keyword));
  return Object.fromEntries(
    relevant.map(([keyword, value]) => [
      keyword,
      keyword === "properties" ? mapValues(value as object, bare) : bare(value),
    ]),
  );
}

function mapValues(object: object, map: (value: unknown) => unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value)]));
}
