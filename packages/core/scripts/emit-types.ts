import type { SchemaNode } from "../src/schema/schema-node.ts";

type Described = SchemaNode & {
  readonly description?: string;
  readonly examples?: readonly string[];
  readonly properties?: Readonly<Record<string, Described>>;
  readonly items?: Described;
  readonly anyOf?: readonly Described[];
};

const scalars: Readonly<Record<string, string>> = {
  string: "string",
  number: "number",
  integer: "number",
  boolean: "boolean",
  null: "null",
};

/**
 * Returns TypeScript interfaces, one a definition, with the descriptions as comments. They name every field and have no
 * index signature, so that a misspelt field does not compile.
 * @param defs the `$defs` of a schema
 * @param events the definition of each event type
 */
export function emitTypes(
  defs: Readonly<Record<string, object>>,
  events: Readonly<Record<string, string>>,
): string {
  const interfaces = Object.entries(defs).map(([name, def]) => declaration(name, def as Described, defs));
  const types = Object.keys(events).map((type) => `\n  | ${JSON.stringify(type)}`);
  const union = Object.values(events).map((name) => `\n  | ${name}`);
  return `import type { OpenEnum } from "../open-enum.js";

${interfaces.join("\n")}
/** The event types this version knows. */
export type EventType =${types.join("")};

/** An event that fits the schema of its type, with \`id\` and \`created\`: narrow it with \`switch (event.type)\`. */
export type KnownEvent =${union.join("")};
`;
}

function declaration(name: string, def: Described, defs: Readonly<Record<string, Described>>): string {
  // The envelope: `unwrap` fills in what older ones lack.
  const required = new Set([...(def.required ?? []), ...(def.else?.required ?? [])]);
  const fields = Object.entries(def.properties ?? {}).map(([field, node]) => {
    const optional = required.has(field) ? ["", ""] : ["?", " | undefined"];
    // zod leaves out a description that is the one of the definition.
    const description = node.description ?? defs[typeOf(node)]?.description;
    return `${comment(description, "  ")}  ${field}${optional[0]}: ${typeOf(node)}${optional[1]};\n`;
  });
  return `${comment(def.description, "")}export interface ${name} {\n${fields.join("")}}\n`;
}

function comment(description: string | undefined, indent: string): string {
  if (description === undefined || description.includes("*/"))
    throw new Error("a field has no usable description");
  return `${indent}/** ${description.replace(/ Absent in older envelopes: [^.]*\./, "")} */\n`;
}

function typeOf(node: Described): string {
  if (node.anyOf !== undefined) return node.anyOf.map(typeOf).join(" | ");
  if (node.$ref !== undefined) return node.$ref.replace(/^#\/\$defs\//, "");
  if (node.const !== undefined) return JSON.stringify(node.const);
  const [type, ...more] = typeof node.type === "string" ? [node.type] : (node.type ?? []);
  return [type === undefined ? "unknown" : single(type, node), ...more.map((also) => scalars[also])].join(
    " | ",
  );
}

function single(type: string, node: Described): string {
  if (type === "object") return "{ [field: string]: unknown }";
  if (type === "array") return node.items === undefined ? "unknown[]" : `${typeOf(node.items)}[]`;
  if (node.description?.includes("Known values: ") !== true) return scalars[type] ?? "unknown";
  return `OpenEnum<${(node.examples ?? []).map((value) => JSON.stringify(value)).join(" | ")}>`;
}
