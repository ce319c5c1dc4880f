import fc from "fast-check";
import { payloads } from "@sessionhook/fixtures";
import { expect, it } from "vitest";
import type { ReceivedEvent } from "../schema/event-types.js";
import { factDefinitions, factsOf, factTree } from "./facts.js";
import { maxFactLength, maxListEntries, maxListLength } from "./limits.js";

const definitions = new Map(factDefinitions.map((definition) => [definition.name, definition]));

/** Checks a row: known keys, values of their type within the limits, the same after JSON; and returns it. */
function checked(event: unknown) {
  const facts = factsOf(event as ReceivedEvent);
  for (const [name, value] of Object.entries(facts) as [string, unknown][]) {
    const definition = definitions.get(name);
    expect(definition?.type).toBe(Array.isArray(value) ? "string[]" : typeof value);
    if (definition?.values !== undefined) expect(definition.values).toContain(value);
    const texts = Array.isArray(value) ? (value as string[]) : typeof value === "string" ? [value] : [];
    for (const text of texts) {
      expect(text.length).toBeLessThanOrEqual(maxFactLength);
      expect(text.trim()).not.toBe("");
      expect(text.isWellFormed() && !text.includes("\0")).toBe(true);
    }
    expect(texts.length).toBeLessThanOrEqual(maxListEntries);
    expect(texts.reduce((sum, { length }) => sum + length, 0)).toBeLessThanOrEqual(maxListLength);
    if (typeof value === "number") expect(Number.isFinite(value)).toBe(true);
  }
  expect(JSON.parse(JSON.stringify(facts))).toEqual(facts);
  factTree(facts);
  return facts;
}

const text = fc.oneof(
  fc.string({ unit: "binary" }),
  // Single code units, lone surrogates among them.
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 20 })
    .map((units) => String.fromCharCode(...units)),
  fc.constantFrom(
    "__proto__",
    "constructor",
    "a@gmail.com",
    "A@Acme.com",
    "https://acme.com/a?b",
    "www.acme.co.uk",
    "\uD800",
    "\0",
    "valid",
    "catch_all",
    "x".repeat(10_000),
    "\u{1F600}".repeat(3000),
  ),
);
const leaf = fc.oneof(
  text,
  fc.double(),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.constantFrom(-0, 1e308),
);
const anything = fc.oneof(
  leaf,
  fc.array(leaf, { maxLength: 3 }),
  fc.dictionary(text, leaf, { maxKeys: 3 }),
  fc.jsonValue(),
);

type Path = readonly (string | number)[];

/** Returns the paths of all objects, lists and leaves below a value. */
function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  const keys = Array.isArray(value) ? value.map((_, at) => at) : Object.keys(value);
  return [
    path,
    ...keys.flatMap((key) => pathsOf((value as Record<string | number, unknown>)[key], [...path, key])),
  ];
}

function replace(event: unknown, path: Path, value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (typeof event !== "object" || event === null) return event;
  const copy = (Array.isArray(event) ? [...(event as unknown[])] : { ...event }) as Record<
    string | number,
    unknown
  >;
  copy[key] = replace(copy[key], rest, value);
  return copy;
}

it("never throw, and are bounded, whatever the fields of an event hold", () => {
  const events = payloads.types.map((type) => payloads.full(type));
  const changed = fc.constantFrom(...events).chain((event) =>
    fc
      .array(fc.tuple(fc.constantFrom(...pathsOf(event).slice(1)), anything), {
        minLength: 1,
        maxLength: 12,
      })
      .map((changes) => changes.reduce<unknown>((at, [path, value]) => replace(at, path, value), event)),
  );
  const seen = new Set<string>();
  const property = fc.property(changed, (event) => {
    for (const name of Object.keys(checked(event))) seen.add(name);
  });
  fc.assert(property, { numRuns: 600 });
  // A property that only ever saw empty rows would prove nothing. Facts that are null in the fixtures appear by chance.
  const unchanged = events.flatMap((event) => Object.keys(checked(event)));
  expect(unchanged.filter((name) => !seen.has(name))).toEqual([]);
});

it("never throw for any value at all", () => {
  fc.assert(
    fc.property(anything, (event) => void checked(event)),
    { numRuns: 300 },
  );
  for (const value of [undefined, null, 1, "x", [], [[]], Symbol.iterator, Object.create(null)])
    expect(checked(value)).toEqual({});
});

it("read own properties only", () => {
  const event = JSON.parse(
    '{"type":"t","__proto__":{"id":"evt_1"},"data":{"__proto__":{"finalizedAt":1}}}',
  ) as object;
  expect(checked(event)).toEqual({ eventType: "t" });
  expect(checked(Object.create({ type: "t", id: "evt_1" }))).toEqual({});
  expect(checked({ type: "t", data: Object.create({ finalizedAt: 1 }) as unknown })).toEqual({
    eventType: "t",
  });
});

it("cut long text between two characters", () => {
  const cut = (landingTitle: string) => checked({ data: { session: { landingTitle } } }).sessionLandingTitle;
  expect(cut("x".repeat(1_000_000))).toBe("x".repeat(2048));
  expect(cut(`x${"\u{1F600}".repeat(5000)}`)).toBe(`x${"\u{1F600}".repeat(1023)}`);
  expect(cut(`${"x".repeat(2047)}  y`)).toBe("x".repeat(2047));
  expect(cut("a\uD800b\0c")).toBe("a\uFFFDb\uFFFDc");
});

it("cut long lists", () => {
  const skills = (list: unknown) =>
    checked({ data: { enrichment: { person: { skills: list } } } }).personSkills;
  expect(skills(Array.from({ length: 600 }, (_, at) => `s${at}`))).toHaveLength(500);
  expect(skills(Array.from({ length: 600 }, () => "x".repeat(5000)))).toHaveLength(32);
  expect(skills([null, 7, { a: 1 }, ["x"], "", " a ", "b"])).toEqual(["a", "b"]);
});

it("take little time for 100,000 items in every list", () => {
  const many = <Item>(item: (at: number) => Item) => Array.from({ length: 100_000 }, (_, at) => item(at));
  const event = {
    type: "identity.session.finalized",
    data: {
      session: { landingPage: "/", events: many((at) => ({ url: `https://acme.com/${at}` })) },
      identity: { emails: many((at) => ({ type: "personal", value: `a${at}@acme.com` })) },
      enrichment: {
        companies: many(() => ({ name: "x" })),
        emailValidations: many((at) => ({ email: `a${at}@acme.com`, validity: "valid" })),
        person: {
          skills: many(() => "x"),
          education: many(() => ({ instituteName: "x" })),
          employments: many(() => ({ endDate: "2020" })),
        },
      },
    },
  };
  const started = performance.now();
  expect(checked(event).sessionPageCount).toBe(100_001);
  // 50 ms on an idle machine.
  expect(performance.now() - started).toBeLessThan(2000);
});
