import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseAst } from "vitest/node";

type Node = { readonly type: string; readonly [key: string]: unknown };

const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && typeof (value as { type?: unknown }).type === "string";

function parse(file: string): Node {
  return parseAst(readFileSync(file, "utf8"), { lang: file.endsWith("x") ? "tsx" : "ts" }) as unknown as Node;
}

function* nodesOf(node: Node): Generator<Node> {
  yield node;
  for (const [key, value] of Object.entries(node)) {
    if (key === "parent") continue;
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) yield* nodesOf(child);
  }
}

const sql = /^\s*(?:SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|WITH|PRAGMA|BEGIN|EXPLAIN)\b/;

/** Returns the texts of a source file that a user may read: strings with more than one word, and JSX text. */
export function messagesIn(file: string): string[] {
  return [...nodesOf(parse(file))].flatMap((node) => {
    const text = textOf(node);
    return text === undefined || sql.test(text) || !/[a-z]\S*\s+\S*[a-z]/.test(text) ? [] : [text];
  });
}

function textOf(node: Node): string | undefined {
  if (node.type === "JSXText") return String(node["value"]);
  if (node.type === "Literal" && typeof node["value"] === "string") return node["value"];
  if (node.type !== "TemplateLiteral") return undefined;
  const quasis = node["quasis"] as { value: { cooked: string } }[];
  return quasis.map(({ value }) => value.cooked).join("…");
}

/** Returns the lines of the comments of a source file, without code between backticks. */
export function commentsIn(file: string): string[] {
  return linesOf(file).flatMap((line) => {
    const text = /^\s*(?:\/\*\*?|\*|\/\/)(.*)$/.exec(line)?.[1] ?? /\s\/\/ (.*)$/.exec(line)?.[1];
    return text === undefined ? [] : [text.replaceAll(/`[^`]*`/g, "…").trim()];
  });
}

/** Returns the names of the tests and cases of a source file that are on the line where the test begins. */
export function testNamesIn(file: string): string[] {
  const name = /^\s*(?:(?:it|test|describe)(?:\.\w+)*\(|name: |\]\)\()(["`])(.*)\1/;
  return linesOf(file).flatMap((line) => name.exec(line)?.[2] ?? []);
}

function linesOf(file: string): string[] {
  return readFileSync(file, "utf8").split("\n");
}

/** Returns the names that a module exports, including those of `export * from "./…"`. */
export function exportedNames(file: string): string[] {
  const { body } = parse(file) as unknown as { body: Node[] };
  return body.flatMap((statement) => {
    const from = (statement["source"] as { value?: string } | null | undefined)?.value;
    if (statement.type === "ExportAllDeclaration")
      return from?.startsWith(".") === true ? exportedNames(sourceOf(file, from)) : [];
    if (statement.type !== "ExportNamedDeclaration") return [];
    const specifiers = statement["specifiers"] as { exported: { name: string } }[];
    return [...specifiers.map(({ exported }) => exported.name), ...declaredNames(statement["declaration"])];
  });
}

function declaredNames(declaration: unknown): string[] {
  if (!isNode(declaration)) return [];
  const declarators = (declaration["declarations"] ?? [declaration]) as { id?: { name?: string } }[];
  return declarators.flatMap(({ id }) => id?.name ?? []);
}

function sourceOf(file: string, specifier: string): string {
  return join(dirname(file), specifier.replace(/\.js$/, ".ts"));
}

/** Splits a name in camel case into lower-case words. */
export function partsOf(name: string): string[] {
  return name.split(/(?<=[a-z0-9])(?=[A-Z])|[^A-Za-z0-9]+/).map((part) => part.toLowerCase());
}

/** Returns the paragraphs of a Markdown page without code and link targets. */
export function proseOf(markdown: string): string[] {
  return markdown
    .replaceAll(/^(```+|~~~+)[\s\S]*?^\1/gm, "")
    .replaceAll(/<!--[\s\S]*?-->/g, "")
    .replaceAll(/`[^`\n]*`/g, "…")
    .replaceAll(/\]\([^)\s]*\)/g, "]")
    .split(/\n(?=\s*\n|[-|#>]|\s*\d+\.)/)
    .map((part) => part.replaceAll(/\s+/g, " ").trim())
    .filter((part) => part !== "");
}
