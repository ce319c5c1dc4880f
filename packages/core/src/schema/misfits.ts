import { type Issue, unnamedIssues } from "../errors.js";
import type { Definitions, RootSchema, SchemaNode } from "./schema-node.js";

/** How many misfits of one event are reported; the last of them then says how many more there are. */
export const maxIssues = 100;
/** Where counting them ends: a body of 1 MB can hold a million, and counting those takes seconds. */
const maxCounted = 10_000;

interface Search {
  readonly definitions: Definitions;
  readonly path: (string | number)[];
  readonly issues: Issue[];
  count: number;
}

/**
 * Where a value does not fit a schema: where, what was expected, which JSON type stands there; never a
 * value. In the order of the schema, at most `maxIssues`. zod finds the same, but makes an object of
 * each misfit before the first can be shown.
 * @param schema what `toJsonSchema` makes of an event's schema, or `schemaOf` its type
 */
export function misfits(schema: RootSchema, value: unknown): Issue[] {
  const search: Search = { definitions: schema.$defs, path: [], issues: [], count: 0 };
  visit(schema, value, false, search);
  const { issues, count } = search;
  if (count <= maxIssues) return issues;
  const told = maxIssues - 1;
  const unnamed = unnamedIssues(Math.min(count, maxCounted) - told, count >= maxCounted);
  return [...issues.slice(0, told), unnamed];
}

function visit(node: SchemaNode, value: unknown, nullable: boolean, search: Search): void {
  if (node.anyOf?.[0] !== undefined) return visit(node.anyOf[0], value, true, search);
  if (node.$ref !== undefined) {
    return visit(definition(search.definitions, node.$ref), value, nullable, search);
  }
  const orNull = nullable || Array.isArray(node.type);
  if (value === null && orNull) return;
  const type = typeof node.type === "string" ? node.type : node.type?.[0];
  if (node.const !== undefined) {
    if (value !== node.const) report(JSON.stringify(node.const), value, search);
  } else if (!isOf(type, value)) {
    report(`${type === "integer" ? "number" : String(type)}${orNull ? " or null" : ""}`, value, search);
  } else if (type === "integer" && !Number.isInteger(value)) {
    report("a whole number", value, search);
  } else if (type === "array") {
    if (node.items !== undefined) visitItems(node.items, value as readonly unknown[], search);
  } else if (type === "object" && node.properties !== undefined) {
    visitProperties(node.properties, node.required ?? [], value as Record<string, unknown>, search);
    visitElse(node, value as Record<string, unknown>, search);
  }
}

function visitItems(items: SchemaNode, list: readonly unknown[], search: Search): void {
  const { path } = search;
  for (const [index, item] of list.entries()) {
    if (search.count >= maxCounted) return;
    path.push(index);
    visit(items, item, false, search);
    path.pop();
  }
}

function visitProperties(
  properties: Readonly<Record<string, SchemaNode>>,
  required: readonly string[],
  object: Readonly<Record<string, unknown>>,
  search: Search,
): void {
  const { path } = search;
  for (const [name, property] of Object.entries(properties)) {
    const value = object[name];
    if (value === undefined && !required.includes(name)) continue;
    path.push(name);
    visit(property, value, false, search);
    path.pop();
  }
}

/** What must be there where the fields of `if` are not. */
function visitElse(node: SchemaNode, object: Readonly<Record<string, unknown>>, search: Search): void {
  const missing = ({ required = [] }: SchemaNode) => required.filter((name) => object[name] === undefined);
  if (node.if === undefined || missing(node.if).length === 0) return;
  for (const name of missing(node.else ?? {})) {
    search.path.push(name);
    visit(node.properties?.[name] ?? {}, undefined, false, search);
    search.path.pop();
  }
}

function isOf(type: string | undefined, value: unknown): boolean {
  // JSON.parse makes Infinity of 1e999, and Infinity is no JSON number.
  if (type === "number" || type === "integer") return Number.isFinite(value);
  return jsonType(value) === type;
}

function report(expected: string, value: unknown, search: Search): void {
  search.count++;
  if (search.count > maxIssues) return;
  search.issues.push({
    path: pathText(search.path),
    message: `expected ${expected}, ${found(expected, value)}`,
  });
}

function found(expected: string, value: unknown): string {
  if (value === undefined) return "it is missing";
  if (value === Infinity || value === -Infinity) return "found a number beyond what a double holds";
  if (expected === "a whole number") return "found a fraction";
  return expected.startsWith('"') && typeof value === "string"
    ? "found another text"
    : `found ${jsonType(value)}`;
}

export function jsonType(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}

/** `data.enrichment.companies[0].name`; a key that is no plain name stands as `["…"]`. */
export function pathText(path: readonly PropertyKey[]): string {
  let text = "";
  for (const key of path) {
    if (typeof key === "number") text += `[${key}]`;
    else if (/^[A-Za-z_$][\w$]*$/.test(String(key))) text += text === "" ? String(key) : `.${String(key)}`;
    else text += `[${JSON.stringify(String(key))}]`;
  }
  return text;
}

/** Returns the definition that a `$ref` names. */
export function definition(definitions: Definitions, ref: string): SchemaNode {
  const found = definitions[ref.replace(/^#\/\$defs\//, "")];
  if (found === undefined) throw new Error(`The schema does not define ${ref}`);
  return found;
}
