import { SessionhookError } from "@sessionhook/core";

/** The expression of a filter is invalid. `message` names line and column and shows the place with a caret. */
export class FilterError extends SessionhookError {
  static override readonly errorName: string = "FilterError";
  readonly code = "invalid_filter";
  /** Describes the problem, without the place. */
  readonly summary: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in characters of the line. */
  readonly column: number;

  constructor(text: string, summary: string, offset: number) {
    const { line, column, source } = placeOf(text, offset);
    const { shown, caret } = excerpt(source, column);
    super(`line ${line}, column ${column}: ${summary}\n  ${shown}\n  ${" ".repeat(caret)}^`);
    this.summary = summary;
    this.line = line;
    this.column = column;
  }
}

function placeOf(text: string, offset: number) {
  const before = text.slice(0, Math.max(0, Math.min(offset, text.length)));
  const start = before.lastIndexOf("\n") + 1;
  const end = text.indexOf("\n", start);
  return {
    line: before.split("\n").length,
    column: before.length - start + 1,
    source: text.slice(start, end === -1 ? undefined : end),
  };
}

/** Maximum number of characters shown before and after the place. */
const shownBefore = 60;
const shownAfter = 40;

/** Cuts a long line around the place. Tabs and control characters become spaces, so that the caret is below the place. */
function excerpt(line: string, column: number) {
  const from = Math.max(0, column - 1 - shownBefore);
  const shown = line.slice(from, column - 1 + shownAfter).replaceAll(/\p{Cc}/gu, " ");
  return { shown, caret: column - 1 - from };
}
