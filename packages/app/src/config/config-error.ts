import { type SettingProblem, SettingsError } from "../settings.js";
import type { JsonSource, Position } from "./json-source.js";
import type { Finding } from "./messages.js";

/** A problem in the configuration file. */
export interface ConfigProblem extends SettingProblem {
  /** Keys that lead to the place, such as `destinations.sales.when`; empty for the whole file. */
  readonly key: string;
  /** Only in JSON. */
  readonly position: Position | undefined;
  /** An expression of the file, and a caret below the place of the problem. */
  readonly excerpt: string | undefined;
}

/** Thrown for a configuration file that cannot be used. It is a `SettingsError`; its message names every problem. */
export class ConfigFileError extends SettingsError {
  declare readonly problems: readonly ConfigProblem[];
}

/** A finding with an excerpt of the configuration, which must not contain a secret. */
export interface LocatedFinding extends Finding {
  /** Text of an expression, and the offset of the problem in it. */
  readonly expression?: { readonly text: string; readonly offset: number } | undefined;
}

/** Creates the error for all findings: sorted by their place in JSON, otherwise in the order in which they were found. */
export function configFileError(
  file: string,
  findings: readonly LocatedFinding[],
  source?: JsonSource,
): ConfigFileError {
  const problems = findings.map((finding) => problemOf(file, finding, source));
  problems.sort(
    ({ position: a }, { position: b }) =>
      (a?.line ?? 0) - (b?.line ?? 0) || (a?.column ?? 0) - (b?.column ?? 0),
  );
  return new ConfigFileError(problems);
}

function problemOf(file: string, finding: LocatedFinding, source: JsonSource | undefined): ConfigProblem {
  const { path, expression } = finding;
  const key = keyOf(path);
  const start = expression === undefined ? source?.positionOf(path) : source?.valuePositionOf(path);
  const position =
    start === undefined || expression === undefined || !isSimple(expression.text)
      ? start
      : { line: start.line, column: start.column + 1 + expression.offset };
  const excerpt = expression === undefined ? undefined : caretBelow(expression.text, expression.offset);
  const place = position === undefined ? file : `${file}:${position.line}:${position.column}`;
  const text = key === "" ? finding.message : `${key}: ${finding.message}`;
  return {
    name: place,
    message: excerpt === undefined ? text : `${text}\n${excerpt}`,
    key,
    position,
    excerpt,
  };
}

/** Returns a path as people write it: `destinations.sales.skip[0]`. */
export function keyOf(path: readonly (string | number)[]): string {
  return path
    .map((part, i) => {
      if (typeof part === "number") return `[${part}]`;
      const text = /^[\w$-]{1,80}$/.test(part) ? part : JSON.stringify(part.slice(0, 80));
      return i === 0 ? text : `.${text}`;
    })
    .join("");
}

/** In JSON a text without escapes has the columns of its value. */
const isSimple = (text: string) => JSON.stringify(text) === `"${text}"`;

const width = 100;

/** Returns the line of an expression around an offset, with a caret below it. */
function caretBelow(text: string, offset: number): string {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  const end = text.indexOf("\n", offset);
  const line = text.slice(start, end === -1 ? undefined : end).replaceAll(/[^\x20-\x7e]/g, "?");
  const column = offset - start;
  const from = Math.max(0, Math.min(column - width / 2, line.length - width));
  return `  ${line.slice(from, from + width)}\n  ${" ".repeat(column - from)}^`;
}
