import { type SettingProblem, SettingsError } from "../settings.js";
import type { JsonSource, Path, Position } from "./json-source.js";
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

/** A finding, with the place in an expression. */
export interface LocatedFinding extends Finding {
  readonly expression?: ExpressionPlace | undefined;
}

/** A place in the text of an expression. */
export interface ExpressionPlace {
  readonly text: string;
  /** Both from 1. */
  readonly line: number;
  readonly column: number;
  /** The line, and a caret below the place. */
  readonly excerpt: string;
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
  const position = expression === undefined ? source?.positionOf(path) : placeIn(expression, path, source);
  const excerpt = expression?.excerpt;
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
export function keyOf(path: Path): string {
  return path
    .map((part, i) => {
      if (typeof part === "number") return `[${part}]`;
      const text = /^[\w$-]{1,80}$/.test(part) ? part : JSON.stringify(part.slice(0, 80));
      return i === 0 ? text : `.${text}`;
    })
    .join("");
}

/** A text without escapes has in JSON the columns that it has itself. */
function placeIn({ text, line, column }: ExpressionPlace, path: Path, source: JsonSource | undefined) {
  const value = source?.valuePositionOf(path);
  if (value === undefined || line > 1 || JSON.stringify(text) !== `"${text}"`) return value;
  return { line: value.line, column: value.column + column };
}
