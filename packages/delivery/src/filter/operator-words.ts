import type { ParseError, TypeError as CelTypeError } from "@marcbachmann/cel-js";

/** Operators of other languages, and those of CEL. */
const operators = { and: "&&", or: "||", not: "!", "&": "&&", "|": "||", "=": "==" } as const;
const syntaxErrors: ReadonlySet<string | undefined> = new Set([
  "expected_token",
  "unexpected_character",
  "unexpected_token",
]);

/** Returns the description and the place of a syntax error at a word, with the operator to write instead if it is known. */
export function wordProblem(text: string, { code, range }: Partial<ParseError | CelTypeError>) {
  if (range === undefined || !syntaxErrors.has(code)) return undefined;
  const { start } = range;
  const [found = ""] = /^(?:\w+|[&|=<>]+)/.exec(text.slice(start)) ?? [];
  const own = operatorOf(found);
  if (own !== undefined) {
    const negated = own === "!" && /^\s+in\b/.test(text.slice(start + found.length));
    return { summary: unexpected(found, negated ? "!(… in …)" : own), offset: start };
  }
  // The parser reads the word `not` of `not true` as a name, and fails at the next word.
  const before = /(?<![\w.])(?<word>and|or|not)\s+$/i.exec(text.slice(0, start));
  const word = before?.groups?.["word"] ?? "";
  const previous = operatorOf(word);
  if (before !== null && previous !== undefined)
    return { summary: unexpected(word, previous), offset: before.index };
  // The parser names a letter of the word.
  return code === "unexpected_character" && /^\w/.test(found)
    ? { summary: `Unexpected ${found}`, offset: start }
    : undefined;
}

function operatorOf(word: string): string | undefined {
  const key = word.toLowerCase();
  return Object.hasOwn(operators, key) ? operators[key as keyof typeof operators] : undefined;
}

/** Returns the description of a word in whose place the operator belongs. */
export const unexpected = (word: string, operator: string) => `Unexpected ${word}; use ${operator} instead`;
