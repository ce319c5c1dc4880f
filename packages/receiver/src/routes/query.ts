import { defaultPageSize, maxCursorLength, maxPageSize } from "@sessionhook/core/limits";
import { ReceiveError } from "@sessionhook/ingest";
import type { Context } from "hono";
import * as z from "zod/mini";

export const oneOf = <const T extends readonly string[]>(values: T) =>
  z.enum(values, `must be one of ${values.join(", ")}`);

/** A query parameter with an integer from `min`, by default 1, to `max`. */
export const wholeNumber = (max: number, min = 1) => {
  const message = `must be an integer from ${min} to ${max}`;
  return z.pipe(
    z.string().check(z.regex(/^[0-9]{1,9}$/, message)),
    z.pipe(z.transform(Number), z.number().check(z.minimum(min, message), z.maximum(max, message))),
  );
};

/** A query parameter with a time in Unix milliseconds. */
const time = z.pipe(
  z.string().check(z.regex(/^[0-9]{1,15}$/, "must be Unix milliseconds")),
  z.transform(Number),
);

/** The parameters that select a time; from inclusive, to exclusive. */
export const rangeQuery = { from: z.optional(time), to: z.optional(time) };

export const text = (min: number, max: number) =>
  z
    .string("must be a text")
    .check(z.minLength(min, "must not be empty"), z.maxLength(max, `must have at most ${max} characters`));

/** The parameters that every list takes. */
export const pageQuery = {
  limit: z._default(wholeNumber(maxPageSize), defaultPageSize),
  cursor: z.optional(text(1, maxCursorLength)),
};

/**
 * Checks the query parameters. One that is unknown or repeated is an error: ignored, it would select more than was meant.
 * @throws ReceiveError `invalid_query`
 */
export function parseQuery<T extends z.ZodMiniType>(schema: T, c: Context): z.output<T> {
  const [repeated] = Object.entries(c.req.queries()).find(([, values]) => values.length > 1) ?? [];
  if (repeated !== undefined)
    throw new ReceiveError("invalid_query", `the parameter ${quoted(repeated)} is given twice`);
  const query = schema.safeParse(c.req.query());
  if (!query.success) throw new ReceiveError("invalid_query", describe(query.error, "", "parameter"));
  return query.data;
}

/**
 * Checks that a range can contain something.
 * @throws ReceiveError `invalid_query`
 */
export function checkRange(
  from: number | undefined,
  to: number | undefined,
  names = "from must be before to",
) {
  if (from !== undefined && to !== undefined && from >= to) throw new ReceiveError("invalid_query", names);
}

/** Names what is wrong, without the values. */
export function describe(error: z.core.$ZodError, name = "", key = "key"): string {
  const details = error.issues.slice(0, 10).map((issue) => {
    const place = issue.path.join(".") || name;
    if (issue.code === "unrecognized_keys") return `unknown ${key} ${quoted(issue.keys[0] ?? "")}`;
    return place === "" ? issue.message : `${place} ${issue.message}`;
  });
  return details.join("; ");
}

/** A name that a request contains, cut to what a message can hold. */
export function quoted(name: string): string {
  return JSON.stringify(name.length > 64 ? `${name.slice(0, 64)}…` : name);
}
