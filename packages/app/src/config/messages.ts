import type * as z from "zod/mini";
import { suggestion } from "@sessionhook/delivery/nearest";

/** A problem at a place in the configuration. The message never contains a value, except the name of a key. */
export interface Finding {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

const nouns: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "an integer",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
};

/**
 * Writes the issues of zod as problems, each at its own place. A union is reported at its deepest alternative.
 * @param value the validated value, which shows whether something is missing
 * @param known the keys that exist at a path, for suggestions
 */
export function findingsOf(
  issues: readonly z.core.$ZodIssue[],
  value: unknown,
  known: (path: readonly (string | number)[]) => readonly string[],
): Finding[] {
  return issues.flatMap((issue): Finding[] => {
    const path = issue.path as (string | number)[];
    if (issue.code === "unrecognized_keys")
      return issue.keys.map((key) => ({
        path: [...path, key],
        message: `is not a key${suggestion(key, known(path))}`,
      }));
    if (issue.code === "invalid_union" && issue.message === defaultMessage) {
      const deepest = issue.errors.find((errors) => errors.some(({ path }) => path.length > 0));
      if (deepest !== undefined)
        return findingsOf(
          deepest.map((inner) => ({ ...inner, path: [...path, ...inner.path] })),
          value,
          known,
        );
    }
    const own = issue.message === defaultMessage ? undefined : issue.message;
    if (isMissing(value, path))
      return [{ path, message: `is missing${own === undefined ? "" : `: it ${own}`}` }];
    return [{ path, message: own ?? messageOf(issue) }];
  });
}

function isMissing(value: unknown, path: readonly (string | number)[]): boolean {
  if (path.length === 0) return false;
  let at = value;
  for (const part of path) at = (at as Record<string | number, unknown> | null | undefined)?.[part];
  return at === undefined;
}

/** The only message that zod/mini contains itself. */
const defaultMessage = "Invalid input";

function messageOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return `must be ${nouns[issue.expected] ?? `of type ${issue.expected}`}`;
    case "invalid_value":
      return `must be ${issue.values.length > 1 ? "one of " : ""}${issue.values.map((value) => JSON.stringify(value)).join(", ")}`;
    case "too_small":
      if (unit(issue.origin) !== "" && issue.minimum === 1) return "must not be empty";
      return `must ${counted(issue.origin)} at least ${issue.minimum}${unit(issue.origin)}`;
    case "too_big":
      return `must ${counted(issue.origin)} at most ${issue.maximum}${unit(issue.origin)}`;
    default:
      return "is not valid";
  }
}

const counted = (origin: string) => (origin === "string" || origin === "array" ? "have" : "be");
const unit = (origin: string) => (origin === "string" ? " characters" : origin === "array" ? " entries" : "");
