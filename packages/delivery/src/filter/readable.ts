import type { ASTNode, ParseError, TypeError as CelTypeError } from "@marcbachmann/cel-js";
import { noSuchFact, noSuchName } from "./fact-names.js";

/**
 * Returns the description of an error of the parser or the type check, with a suggestion where there is one.
 * @param text the expression
 */
export function readable(error: Partial<ParseError | CelTypeError>, text: string): string {
  const { code, summary: given = "" } = error;
  // An error of the type check has a node; the type allows a mere place too.
  const node = error.node !== undefined && "op" in error.node ? (error.node as ASTNode) : undefined;
  switch (code) {
    case "limit_exceeded":
      return "the expression is too large or nested too deeply";
    case "unknown_variable":
      return node?.op === "id" ? noSuchName(node.args) : given;
    case "no_such_key":
      return node?.op === "." && node.args[0].op === "id"
        ? noSuchFact(node.args[0].args, node.args[1])
        : given;
    case "no_such_overload":
      return overload(given, node, text);
    default:
      return given;
  }
}

/** Describes `no such overload: double >= string`. */
function overload(summary: string, node: ASTNode | undefined, text: string): string {
  const { left, operator, right } =
    /^no such overload: (?<left>\S+) (?<operator>\S+) (?<right>.+)$/.exec(summary)?.groups ?? {};
  if (left === undefined || operator === undefined || right === undefined) return summary;
  const types = `${nounOf(left)} and ${nounOf(right)} (${left} ${operator} ${right})`;
  const message = `${operator} cannot be applied to ${types}`;
  if ([left, right].some(isNumber) && hasQuotedNumber(node))
    return `${message}; write the number without quotes`;
  if (node?.op !== "%" || ![left, right].every(isNumber)) return message;
  const [dividend, divisor] = [integer(node.args[0], left, text), integer(node.args[1], right, text)];
  return `${message}; % needs integers: ${dividend} % ${divisor}`;
}

/** Returns the text of a number, converted to an integer unless it is written as one. */
function integer({ op, range }: ASTNode, type: string, text: string): string {
  const shown = text.slice(range.start, range.end);
  return op === "value" && type === "int" ? shown : `int(${shown})`;
}

function nounOf(type: string): string {
  if (type === "string") return "a text";
  if (isNumber(type)) return "a number";
  if (type === "bool") return "true or false";
  return type.startsWith("list") ? "a list" : type;
}

const isNumber = (type: string) => type === "double" || type === "int";

/** Returns true if an operand is a text such as `'50'`. */
function hasQuotedNumber(node: ASTNode | undefined): boolean {
  const operands = [node?.args ?? []].flat(1) as readonly Partial<ASTNode>[];
  return operands.some(
    ({ op, args }) => op === "value" && typeof args === "string" && /^-?\d+(?:\.\d+)?$/.test(args),
  );
}
