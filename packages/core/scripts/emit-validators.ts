import type { SchemaNode } from "../src/schema/schema-node.ts";

/** Anything else is refused: it would be ignored in silence. */
const understood = new Set("type const $ref anyOf properties required items if else".split(" "));
export const forReaders = new Set(["title", "description", "examples", "format", "id"]);

const typeTests: Readonly<Record<string, (value: string) => string>> = {
  string: (value) => `typeof ${value} === "string"`,
  boolean: (value) => `typeof ${value} === "boolean"`,
  number: (value) => `isNumber(${value})`,
  integer: (value) => `(isNumber(${value}) && ${value} % 1 === 0)`,
  object: (value) => `isObject(${value})`,
  array: (value) => `Array.isArray(${value})`,
};

const prelude = `const isObject = (v: any): boolean => typeof v === "object" && v !== null && !Array.isArray(v);
// JSON.parse returns Infinity for 1e999, and Infinity is not a JSON number.
const isNumber = (v: any): boolean => typeof v === "number" && v - v === 0;
`;

/**
 * Returns TypeScript that checks whether a parsed JSON value fits, one function a definition. The code imports nothing,
 * evaluates nothing, and collects no errors: that is the part of issues.ts.
 * @param defs the `$defs` of a schema
 */
export function emitValidators(defs: Readonly<Record<string, object>>): string {
  const functions = Object.entries(defs).map(
    ([name, def]) => `const is${name} = (v: any): boolean =>\n  ${test(def as SchemaNode, "v", "\n  ")};\n`,
  );
  return `${prelude}\n${functions.join("\n")}`;
}

/** An expression that is true where `value` fits `node`. */
function test(node: SchemaNode, value: string, separator = " "): string {
  for (const keyword of Object.keys(node)) {
    if (!understood.has(keyword) && !forReaders.has(keyword))
      throw new Error(`cannot compile the keyword ${keyword}`);
  }
  if (node.$ref !== undefined) return `is${node.$ref.replace(/^#\/\$defs\//, "")}(${value})`;
  if (node.anyOf !== undefined) {
    const [first, second] = node.anyOf;
    if (first === undefined || second?.type !== "null")
      throw new Error("cannot compile an anyOf other than with null");
    return `(${value} === null || ${test(first, value)})`;
  }
  if (node.const !== undefined) return `${value} === ${JSON.stringify(node.const)}`;
  if (Array.isArray(node.type)) {
    const [type, nothing] = node.type as string[];
    if (node.type.length !== 2 || nothing !== "null") throw new Error("cannot compile this list of types");
    return `(${value} === null || ${test({ ...node, type: type as string }, value)})`;
  }
  const typeTest = typeTests[node.type as string];
  if (typeTest === undefined) throw new Error(`cannot compile the type ${String(node.type)}`);
  const tests = [typeTest(value)];
  if (node.items !== undefined) tests.push(`${value}.every((i: any) => ${test(node.items, "i")})`);
  for (const [name, property] of Object.entries(node.properties ?? {})) {
    const inner = test(property, `${value}.${name}`);
    tests.push(
      node.required?.includes(name) === true ? inner : `(${value}.${name} === undefined || ${inner})`,
    );
  }
  if (node.if !== undefined || node.else !== undefined) tests.push(otherwise(node.if, node.else, value));
  return tests.join(` &&${separator}`);
}

/** `if` these fields are there, well; `else` those must be. Nothing else is made of the two keywords. */
function otherwise(
  condition: SchemaNode | undefined,
  alternative: SchemaNode | undefined,
  value: string,
): string {
  const present = [condition, alternative].map((node) => {
    const { required = [], properties = {}, ...rest } = node ?? {};
    const inner = [rest, ...Object.values(properties)].flatMap((part) => Object.keys(part));
    if (required.length === 0 || inner.some((keyword) => !forReaders.has(keyword)))
      throw new Error("cannot compile an if and else other than of required fields");
    return required.map((name) => `${value}.${name} !== undefined`).join(" && ");
  });
  return `(${present.map((test) => `(${test})`).join(" || ")})`;
}
