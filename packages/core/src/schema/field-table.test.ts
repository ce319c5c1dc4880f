import { fieldRows, type FieldRow, payloads } from "@sessionhook/fixtures";
import { describe, expect, it } from "vitest";
import { eventSchemas } from "./events.js";
import { parseEvent } from "./parse-event.js";

type Json = Record<string, unknown>;
type Result = "fits" | "issue";

const rows = fieldRows();
const companyPrefix = "data.enrichment.companies[].";
const companyRows = rows.filter(
  ({ event, path }) => event === "identity.session.finalized" && path.startsWith(companyPrefix),
);

/** Every row at its own path, and the rows of a company again below the employer of a current position. */
const cases: FieldRow[] = rows.flatMap((row) => {
  if (!row.type.startsWith("object, same definition")) return [row];
  const below = companyRows.map((field) => ({
    ...field,
    path: `${row.path}.${field.path.slice(companyPrefix.length)}`,
  }));
  return [row, ...below];
});

/** The object that holds the last step of a path (the first item of each list), and that step. */
function holder(event: Json, path: string): [Json, string] {
  const steps = path.replaceAll("[]", ".0").replace(/\.0$/, "").split(".");
  let at = event;
  for (const step of steps.slice(0, -1)) at = at[step] as Json;
  return [at, steps.at(-1) as string];
}

function resultOf(row: FieldRow, change: (object: Json, key: string) => void): Result {
  const event = payloads.full(row.event);
  const [object, key] = holder(event, row.path);
  expect(object, `the full payload has no ${row.path}`).toHaveProperty([key]);
  change(object, key);
  const zod = eventSchemas[row.event].safeParse(event).success;
  const parsed = parseEvent(JSON.stringify(event));
  // `type` decides which schema applies: a wrong one is unrecognized, which only parseEvent can say.
  if (row.path !== "type") expect(parsed.status === "accepted").toBe(zod);
  return zod ? "fits" : "issue";
}

/** Values of every JSON type but the row's own. */
function wrongValues(row: FieldRow): unknown[] {
  const isList = row.path.endsWith("[]");
  const own = isList ? "array" : row.type.replace(/[ ,].*$/, "");
  const values: [string, unknown][] = [
    ["string", "text"],
    ["number", 1.5],
    ["boolean", true],
    ["array", []],
    ["object", {}],
  ];
  const wrong = values.filter(([type]) => type !== own).map(([, value]) => value);
  return isList ? [...wrong, row.type === "array of string" ? [7] : ["text"], [null]] : wrong;
}

describe("every row of the provider's tables", () => {
  it("is read: the tables are complete", () => {
    expect(rows.filter(({ event }) => event === "identity.session.finalized")).toHaveLength(197);
    expect(rows.filter(({ event }) => event !== "identity.session.finalized")).toHaveLength(274);
    expect(new Set(rows.map(({ event }) => event))).toEqual(new Set(payloads.types));
  });

  it.each(cases.map((row) => [`${row.event} ${row.path}`, row] as const))("%s", (_, row) => {
    expect(resultOf(row, () => undefined)).toBe("fits");
    expect(resultOf(row, (object, key) => delete object[key])).toBe(row.required ? "issue" : "fits");
    expect(resultOf(row, (object, key) => (object[key] = null))).toBe(row.nullable ? "fits" : "issue");
    for (const value of wrongValues(row))
      expect(resultOf(row, (object, key) => (object[key] = value))).toBe("issue");
    if (row.type === "string") {
      const strict = row.path === "type" || row.path.endsWith("._type");
      expect(resultOf(row, (object, key) => (object[key] = "a value nobody has heard of"))).toBe(
        strict ? "issue" : "fits",
      );
    }
    if (row.type === "integer") {
      expect(resultOf(row, (object, key) => (object[key] = 2 ** 60))).toBe("fits");
    }
  });
});
