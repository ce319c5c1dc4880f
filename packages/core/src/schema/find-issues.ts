import type { Issue, IssueList } from "../issue-list.js";
import { maxCountedIssues, maxIssues } from "../limits.js";
import type { Definitions, RootSchema, SchemaNode } from "./schema-node.js";

interface Search {
  readonly definitions: Definitions;
  readonly path: (string | number)[];
  readonly issues: Issue[];
  count: number;
}

/**
 * Returns the issues of a value: the path, the expected type and the JSON type found, never the
 * value. They are in the order of the schema, at most `maxIssues`; further ones are counted up to `maxCountedIssues`. zod
 * finds the same issues, but allocates all of them before the first can be returned.
 * @param schema the result of `toJsonSchema` for an event's schema, or of `schemaOf` for its type
 */
export function findIssues(schema: RootSchema, value: unknown): IssueList {
  const search: Search = { definitions: schema.$defs, path: [], issues: [], count: 0 };
  visit(schema, value, false, search);
  const { issues, count } = search;
  return { issues, total: Math.min(count, maxCountedIssues), exact: count <= maxCountedIssues };
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
    report("an integer", value, search);
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
    if (search.count > maxCountedIssues) return;
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

/** Visits the fields of `else`, which are required if the fields of `if` are missing. */
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
  // JSON.parse returns Infinity for 1e999, and Infinity is not a JSON number.
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
  if (expected === "an integer") return "found a fraction";
  return expected.startsWith('"') && typeof value === "string"
    ? "found another text"
    : `found ${jsonType(value)}`;
}

export function jsonType(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}

/** Formats a path as `data.enrichment.companies[0].name`; a key that is not an identifier is written as `["…"]`. */
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
