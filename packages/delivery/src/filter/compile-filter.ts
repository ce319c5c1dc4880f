import { type ParseError, type ParseResult, type TypeError as CelTypeError } from "@marcbachmann/cel-js";
import { type Facts, factTree } from "@sessionhook/core/facts";
import { maxListEntries, maxWhenLength } from "@sessionhook/core/limits";
import { checkNodes } from "./check-nodes.js";
import { filterEnvironment } from "./environment.js";
import { FilterError } from "./filter-error.js";
import { wordProblem } from "./operator-words.js";
import { readable } from "./readable.js";

/** A checked expression. */
export interface Filter {
  readonly text: string;
  /** Evaluates the expression; returns `error` if it uses an absent fact or fails otherwise. Never throws. */
  matches(facts: Facts | undefined): boolean | "error";
}

/**
 * Compiles a CEL expression over facts, such as `company.employeeCount >= 50 && pages.exists(p, p.like('/pricing*'))`.
 * Syntax, names and types are checked here. `text.like(glob)` matches `*` and `?` without regard to upper and lower case;
 * all other comparisons of text regard it. Available: the operators, `has`, `size`, `int`, `double`, `string`, `contains`,
 * `startsWith`, `endsWith`, `like`, `lowerAscii`, `upperAscii`, `trim`, `all`, `exists`, `exists_one`, `filter`.
 * Limits: 4096 characters, 500 nodes, depth 24, two comprehensions inside one another.
 * @throws FilterError with line, column and a caret
 */
export function compileFilter(text: string): Filter {
  if (text.length > maxWhenLength)
    throw new FilterError(text, `longer than ${maxWhenLength} characters`, maxWhenLength);
  if (text.trim() === "") throw new FilterError(text, "the expression is empty", 0);
  const program = parse(text);
  checkNodes(program.ast, text);
  checkTypes(program, text);
  return { text, matches: (facts) => evaluate(program, facts) };
}

/** Returns the message of the `FilterError` of an invalid expression, or undefined. */
export function checkFilter(text: string): string | undefined {
  try {
    compileFilter(text);
    return undefined;
  } catch (error) {
    if (FilterError.isInstance(error)) return error.message;
    throw error;
  }
}

function parse(text: string): ParseResult {
  try {
    return filterEnvironment().parse(text);
  } catch (error) {
    throw asFilterError(text, error);
  }
}

function checkTypes(program: ParseResult, text: string): void {
  const { valid, type, error } = program.check();
  if (!valid) throw asFilterError(text, error);
  if (type !== "bool") throw new FilterError(text, `the expression is a ${type}, it must be a condition`, 0);
}

function asFilterError(text: string, error: unknown): FilterError {
  const known = error as Partial<ParseError | CelTypeError>;
  if (typeof known.summary !== "string") return new FilterError(text, unknownProblem(error), 0);
  const { summary, offset } = wordProblem(text, known) ?? {
    summary: readable(known, text),
    offset: known.range?.start ?? 0,
  };
  return new FilterError(text, summary, offset);
}

/** Describes an error of the parser or the type check that is not about the expression. */
function unknownProblem(error: unknown): string {
  return error instanceof RangeError && /stack/i.test(error.message)
    ? "the expression is nested too deeply"
    : "the expression cannot be checked; write it in another way";
}

function evaluate(program: ParseResult, facts: Facts | undefined): boolean | "error" {
  try {
    const tree = Object.entries(factTree(facts ?? {}));
    const bounded = tree.map(([key, value]) => [
      key,
      Array.isArray(value) ? value.slice(0, maxListEntries) : value,
    ]);
    const result: unknown = program(Object.fromEntries(bounded));
    return typeof result === "boolean" ? result : "error";
  } catch {
    return "error";
  }
}
