import type { ASTNode } from "@marcbachmann/cel-js";
import { FilterError } from "./filter-error.js";
import { factGroups } from "./environment.js";
import { noSuchFact } from "./fact-names.js";
import { maxPatternLength } from "./like.js";
import { unexpected } from "./operator-words.js";

/** Maximum nesting of comprehensions: their bodies run once for each entry of each list. */
const maxNesting = 2;

const comprehensions = new Set(["all", "exists", "exists_one", "filter"]);
const methods = new Set([
  ...comprehensions,
  "contains",
  "endsWith",
  "like",
  "lowerAscii",
  "size",
  "startsWith",
  "trim",
  "upperAscii",
]);
const functions = new Set(["double", "has", "int", "size", "string"]);

/**
 * Checks rules that the type check of CEL does not have. Only functions whose time and memory are bounded are allowed:
 * `matches` runs JavaScript regular expressions, and `map`, `join`, `split` and `cel.bind` can build values that grow
 * exponentially.
 * @throws FilterError
 */
export function checkNodes(root: ASTNode, text: string): void {
  const fail = (node: ASTNode, summary: string): never => {
    throw new FilterError(text, summary, node.pos);
  };

  function visit(node: ASTNode, nesting: number): void {
    switch (node.op) {
      case "call": {
        const [name, args] = node.args;
        if (!functions.has(name)) fail(node, unknownFunction(name, functions));
        if (name === "has") checkHas(args[0], node, fail);
        for (const arg of args) visit(arg, nesting);
        return;
      }
      case "rcall": {
        const [name, receiver, args] = node.args;
        if (!methods.has(name)) fail(node, unknownFunction(name, methods));
        if (name === "like") checkPattern(args[0], node, fail);
        visit(receiver, nesting);
        const inside = comprehensions.has(name) ? nesting + 1 : nesting;
        if (inside > maxNesting) fail(node, `more than ${maxNesting} comprehensions inside one another`);
        for (const arg of args) visit(arg, inside);
        return;
      }
      case "[]":
        checkKey(node.args[0], node.args[1], fail);
        break;
      case "==":
      case "!=":
        checkValue(node.args[0], node.args[1], fail);
        checkValue(node.args[1], node.args[0], fail);
    }
    for (const child of childrenOf(node)) visit(child, nesting);
  }
  visit(root, 0);
}

type Fail = (node: ASTNode, summary: string) => never;

function unknownFunction(name: string, known: ReadonlySet<string>): string {
  if (name === "matches") return "matches() is not available in filters; use like() with * and ?";
  if (name.toLowerCase() === "not") return unexpected(name, "!");
  return `${name}() is not available in filters; use one of ${[...known].sort().join(", ")}`;
}

/** Checks the field inside `has`: the type check accepts any, even a misspelt one. */
function checkHas(arg: ASTNode | undefined, call: ASTNode, fail: Fail): void {
  if (arg?.op !== "." || arg.args[0].op !== "id")
    return fail(arg ?? call, "has() takes a fact with its group, such as person.email");
  const group = factGroups.fields[arg.args[0].args];
  if (group === undefined || !Object.hasOwn(group, arg.args[1]))
    fail(arg, noSuchFact(arg.args[0].args, arg.args[1]));
}

/** Checks a fact in brackets, such as `person["email"]`: the type check accepts any text there. */
function checkKey(group: ASTNode, key: ASTNode, fail: Fail): void {
  if (group.op !== "id" || key.op !== "value" || typeof key.args !== "string") return;
  const facts = factGroups.fields[group.args];
  if (facts !== undefined && !Object.hasOwn(facts, key.args)) fail(key, noSuchFact(group.args, key.args));
}

function checkPattern(arg: ASTNode | undefined, call: ASTNode, fail: Fail): void {
  if (arg?.op !== "value" || typeof arg.args !== "string")
    return fail(arg ?? call, "the pattern of like() must be a string in quotes");
  if (arg.args.length > maxPatternLength)
    fail(arg, `the pattern of like() is longer than ${maxPatternLength} characters`);
}

/** Rejects a comparison with a value that the fact never has: it is a typing error. */
function checkValue(fact: ASTNode, value: ASTNode, fail: Fail): void {
  if (fact.op !== "." || fact.args[0].op !== "id") return;
  if (value.op !== "value" || typeof value.args !== "string") return;
  const group = factGroups.fields[fact.args[0].args];
  const values = group?.[fact.args[1]]?.values;
  if (values !== undefined && !values.includes(value.args))
    fail(
      value,
      `${fact.args[0].args}.${fact.args[1]} is never this value; it is one of ${values.join(", ")}`,
    );
}

/** Returns the nodes in the arguments of an operator, which are a node, or lists of nodes, names and values. */
function childrenOf(node: ASTNode): readonly ASTNode[] {
  const isNode = (value: unknown): value is ASTNode =>
    typeof value === "object" && value !== null && "op" in value && "range" in value;
  return [node.args].flat(2).filter(isNode);
}
