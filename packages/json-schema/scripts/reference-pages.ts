import { type EventType, eventTypes } from "@sessionhook/core";
import { eventSchemas } from "@sessionhook/core/schemas";
import { payloads } from "@sessionhook/fixtures";
import { definitionsOf, eventName } from "./definitions.ts";
import { type Definitions, type Node, target } from "./node.ts";

const definitions = definitionsOf("2020-12");

/** Returns the pages of docs/reference: one per event type, and the list of them. */
export function referencePages(): Map<string, string> {
  const pages = eventTypes.map((type): [string, string] => [`${type}.md`, page(type)]);
  return new Map([["README.md", overview()], ...pages]);
}

function overview(): string {
  const rows = eventTypes.map((type) => [
    `[${type}](${type}.md)`,
    eventSchemas[type].meta()?.description ?? "",
  ]);
  return `# Event types

${note}

${table(["event type", "description"], rows)}
The sender adds fields, values and event types without notice. Unknown fields are stored and are never an issue.
`;
}

const note = "Generated from the schema: `npx pnpm --filter @sessionhook/json-schema generate`.";

function page(type: EventType): string {
  const root = definitions.get(eventName(type)) as Node;
  const sections = [...sectionsOf(root, definitions)];
  return `# ${type}

${root.description}

${note} Schema: [\`${type}.schema.json\`](../../packages/json-schema/${type}.schema.json).

## Event

${fields(root)}
An older envelope has \`timestamp\` instead of \`id\` and \`created\`. Every event has one or the other.

${sections.map(([name, node]) => `## ${name}\n\n${node.description}\n\n${fields(node)}`).join("\n")}
## Example

\`\`\`json
${JSON.stringify(payloads.minimal(type), null, 2)}
\`\`\`
`;
}

/** Returns the definitions that a node uses, in order of their first use. */
function sectionsOf(root: Node, all: Definitions): Map<string, Node> {
  const found = new Map<string, Node>();
  const follow = (node: Node): void => {
    for (const property of Object.values(node.properties ?? {})) {
      const name = definitionBehind(property);
      const definition = name === undefined ? undefined : all.get(name);
      if (name === undefined || definition === undefined || found.has(name)) continue;
      found.set(name, definition);
      follow(definition);
    }
  };
  follow(root);
  return found;
}

function fields(node: Node): string {
  const rows = Object.entries(node.properties ?? {}).map(([name, property]) => [
    `\`${name}\``,
    typeOf(property),
    presence(node, name),
    mayBeNull(property) ? "yes" : "",
    property.description ?? "",
    exampleOf(property),
  ]);
  return table(["field", "type", "presence", "null", "meaning", "example"], rows);
}

function presence(node: Node, name: string): string {
  if (node.required?.includes(name) === true) return "required";
  if (node.else?.required?.includes(name) === true) return "unless older";
  return node.if?.required?.includes(name) === true ? "if older" : "optional";
}

const definitionBehind = (node: Node) =>
  target(node) ?? (node.items === undefined ? undefined : target(node.items));

function typeOf(node: Node): string {
  if (node.items !== undefined) return `list of ${typeOf(node.items)}`;
  const name = target(node);
  if (name !== undefined) return `[${name}](#${name.toLowerCase()})`;
  return String(Array.isArray(node.type) ? node.type[0] : node.type);
}

function mayBeNull(node: Node): boolean {
  return Array.isArray(node.type) || node.anyOf?.some(({ type }) => type === "null") === true;
}

function exampleOf(node: Node): string {
  const example = node.const ?? node.examples?.[0];
  return example === undefined ? "" : `\`${JSON.stringify(example)}\``;
}

/** Formats a Markdown table with aligned columns, in the style of the formatter. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = rows.map((row) => row.map((cell) => cell.replaceAll("|", "\\|")));
  const widths = head.map((name, at) =>
    Math.max(3, name.length, ...cells.map((row) => row[at]?.length ?? 0)),
  );
  const line = (row: readonly string[]) =>
    `| ${widths.map((width, at) => (row[at] ?? "").padEnd(width)).join(" | ")} |`;
  const rule = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`;
  return `${[line(head), rule, ...cells.map(line)].join("\n")}\n`;
}
