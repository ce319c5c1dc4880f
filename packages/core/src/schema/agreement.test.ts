import { readFileSync } from "node:fs";
import { type FixtureType, payloads } from "@sessionhook/fixtures";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { generate } from "../../scripts/generate.js";
import { eventSchemas } from "./events.js";
import { checks, schemaOf } from "./generated/known-types.js";
import { toJsonSchema } from "./json-schema.js";
import { findIssues, pathText } from "./find-issues.js";
import { parseEvent } from "./parse-event.js";
import { scanEvent } from "./scan/scan-event.js";

const ajv = new Ajv2020({ strict: false, strictNumbers: true, validateFormats: false });
const published = new Map(
  payloads.types.map((type) => [type, ajv.compile(toJsonSchema(eventSchemas[type]))]),
);

/** The results of the three validators on the same value. */
function results(type: FixtureType, value: unknown): [boolean, boolean, boolean] {
  return [
    checks.get(type)?.(value) === true,
    eventSchemas[type].safeParse(value).success,
    published.get(type)?.(value) === true,
  ];
}

/** Returns the paths of the issues of a value, from our search and from zod. */
const issuePaths = (type: FixtureType, value: unknown) =>
  findIssues(schemaOf(type), value).issues.map(({ path }) => path);
const zodPaths = (type: FixtureType, value: unknown) =>
  (eventSchemas[type].safeParse(value).error?.issues ?? []).map(({ path }) => pathText(path));

const bases = payloads.types.flatMap((type) => [
  { type, event: payloads.full(type) },
  { type, event: payloads.minimal(type) },
  { type, event: payloads.olderEnvelope(type) },
  { type, event: { ...payloads.minimal(type), timestamp: "2025-02-14T22:25:08.123Z" } },
]);

/** Every place in a value where something can be changed, as [holder, key]. */
function places(value: unknown): [Record<string, unknown>, string][] {
  if (typeof value !== "object" || value === null) return [];
  const here = Object.keys(value).map((key) => [value, key] as [Record<string, unknown>, string]);
  return [...here, ...Object.values(value).flatMap(places)];
}

const replacement = fc.oneof(
  fc.constantFrom(
    null,
    true,
    false,
    "",
    "full",
    "basic",
    0,
    -0,
    -1,
    1.5,
    1e-10,
    2 ** 53,
    1e300,
    -1e300,
    Number.MAX_VALUE,
    5e-324,
    [],
    {},
    [null],
    [[]],
    [{}],
    { a: 1 },
  ),
  fc.jsonValue({ maxDepth: 3 }),
  fc.double({ noNaN: true }),
);

const mutation = fc.record({
  at: fc.nat(),
  what: fc.oneof(
    fc.constant({ kind: "delete" as const }),
    fc.record({ kind: fc.constant("set" as const), value: replacement }),
    fc.record({
      kind: fc.constant("add" as const),
      key: fc.oneof(fc.constantFrom("__proto__", "constructor", "toString", "0", "length"), fc.string()),
      value: replacement,
    }),
    fc.record({ kind: fc.constant("swap" as const), with: fc.nat() }),
  ),
});

describe("zod, the compiled check, the JSON Schema and the scanner", () => {
  it("agree on every mutation of every event", () => {
    const count = { yes: 0, no: 0, scanned: 0 };
    fc.assert(
      fc.property(
        fc.constantFrom(...bases),
        fc.array(mutation, { minLength: 0, maxLength: 3 }),
        ({ type, event }, mutations) => {
          const value = structuredClone(event);
          for (const { at, what } of mutations) {
            // Copies: the same object at two places, changed at one, could come to hold itself.
            const all = places(value);
            const [object, key] = all[at % all.length] ?? [value, "data"];
            if (what.kind === "delete") {
              if (Array.isArray(object)) object.pop();
              else delete object[key];
            } else if (what.kind === "set") object[key] = structuredClone(what.value);
            // As JSON.parse does it: an own property for every name.
            else if (what.kind === "add")
              Object.defineProperty(object, Array.isArray(object) ? object.length : what.key, {
                value: structuredClone(what.value),
                enumerable: true,
                configurable: true,
                writable: true,
              });
            else object[key] = structuredClone((all[what.with % all.length] ?? [value, "data"])[0]);
          }
          const text = JSON.stringify(value);
          const seen = JSON.parse(text) as unknown;
          const [fast, zod, schema] = results(type, seen);
          expect([fast, schema]).toEqual([zod, zod]);
          expect(issuePaths(type, seen)).toEqual(zodPaths(type, seen));
          count[zod ? "yes" : "no"]++;
          // The scanner may leave an event to the parser, but never takes one that does not fit.
          const scanned = scanEvent(new TextEncoder().encode(text));
          if (scanned === undefined) return;
          count.scanned++;
          expect(parseEvent(text)).toEqual({ status: "accepted", event: seen });
          expect((seen as { type: unknown }).type).toBe(scanned);
        },
      ),
      { numRuns: 5000 },
    );
    // A property that only ever saw one result would prove nothing.
    expect(count.yes).toBeGreaterThan(500);
    expect(count.no).toBeGreaterThan(500);
    expect(count.scanned).toBeGreaterThan(0.5 * count.yes);
  });

  it("agree that Infinity, which JSON.parse returns for 1e999, is not a number", () => {
    const text = JSON.stringify(payloads.full("identity.session.finalized")).replace(
      /"eventCount":[\d.]+/,
      '"eventCount":1e999',
    );
    expect(results("identity.session.finalized", JSON.parse(text))).toEqual([false, false, false]);
  });

  it("the committed files equal the output of the generator", () => {
    const files = generate({ eventSchemas, toJsonSchema });
    expect(files).toHaveLength(2);
    for (const [path, source] of files) expect(readFileSync(path, "utf8")).toBe(source);
  });
});
