import { invalidPayloads, payloads } from "@sessionhook/fixtures";
import fc from "fast-check";
import { describe, expect, expectTypeOf, it } from "vitest";
import type { UnrecognizedEvent } from "./event-types.js";
import type { IdentitySessionFinalizedEvent, KnownEvent } from "./generated/types.js";
import { schemaOf } from "./generated/known-types.js";
import type { IssueList } from "../issue-list.js";
import { maxIssues } from "../limits.js";
import { findIssues } from "./find-issues.js";
import { parseEvent } from "./parse-event.js";

const finalized = () => payloads.full("identity.session.finalized");
/** Returns the issues of a body that must be quarantined. */
function issuesOf(body: string): IssueList {
  const result = parseEvent(body);
  if (result.status !== "quarantined") throw new Error(`The body is ${result.status}`);
  return result;
}
const bytes = (text: string) => new TextEncoder().encode(text);

describe("parseEvent", () => {
  it.each(payloads.types)(
    "accepts %s, full and minimal, as text and as bytes, and changes nothing",
    (type) => {
      for (const payload of [payloads.full(type), payloads.minimal(type)]) {
        const text = JSON.stringify(payload);
        for (const body of [text, bytes(text), bytes(text).buffer, `\ufeff${text}`, bytes(`\ufeff${text}`)]) {
          expect(parseEvent(body)).toEqual({ status: "accepted", event: payload });
        }
      }
    },
  );

  it("preserves unknown fields and accepts unknown values of open enums", () => {
    const payload = payloads.withUnknownFields();
    expect(parseEvent(JSON.stringify(payload))).toEqual({ status: "accepted", event: payload });
  });

  it.each(invalidPayloads().map((invalid) => [invalid.name, invalid] as const))(
    "quarantines %s at its path",
    (_, invalid) => {
      const result = parseEvent(JSON.stringify(invalid.payload));
      expect(result.status).toBe("quarantined");
      const issues = result.status === "quarantined" ? result.issues : [];
      expect(issues.map(({ path }) => path).toSorted()).toEqual(invalid.expectedPaths);
      for (const { message } of issues) expect(message).toMatch(/^expected .+, (?:found .+|it is missing)$/);
    },
  );

  it.each([
    ["no JSON", "hello", ""],
    ["nothing", "", ""],
    ["a list", "[]", ""],
    ["null", "null", ""],
    ["a text", '"x"', ""],
    ["an object without type", "{}", "type"],
    ["a type that is null", '{"type":null}', "type"],
    ["a type that is inherited", '{"__proto__":{"type":"identity.session.finalized"}}', "type"],
    ["invalid UTF-8", new Uint8Array([0x7b, 0xff, 0x7d]), ""],
    ["UTF-8 cut short", bytes('"é').subarray(0, 2), ""],
    ["UTF-16", new Uint8Array([0xff, 0xfe, 0x7b, 0x00]), ""],
    ["a million open brackets", "[".repeat(1_000_000), ""],
  ])("quarantines %s", (_, body, path) => {
    expect(parseEvent(body)).toMatchObject({ status: "quarantined", type: null, issues: [{ path }] });
  });

  it.each([
    "identity.unheard.of",
    "",
    "__proto__",
    "constructor",
    "toString",
    "identity.session.finalized ",
    "IDENTITY.RESOLVED",
  ])("returns unrecognized for the type %j", (type) => {
    const event = { type, data: { anything: [1] } };
    expect(parseEvent(JSON.stringify(event))).toEqual({ status: "unrecognized", type, event });
  });

  it("accepts deep nesting in a free-form field", () => {
    const deep = "[".repeat(100_000) + "]".repeat(100_000);
    const text = JSON.stringify(finalized()).replace(/"props":\{[^}]*\}/, `"props":{"deep":${deep}}`);
    expect(["accepted", "quarantined"]).toContain(parseEvent(text).status);
  });

  it("lists at most 100 issues and counts the others", () => {
    const event = finalized() as unknown as IdentitySessionFinalizedEvent;
    const broken = {
      ...event,
      data: { ...event.data, session: { ...event.data.session, events: Array(250).fill(1) } },
    };
    const { issues, total, exact } = issuesOf(JSON.stringify(broken));
    const message = "expected object, found number";
    expect(issues).toHaveLength(maxIssues);
    expect(issues[0]).toEqual({ path: "data.session.events[0]", message });
    expect(issues.at(-1)).toEqual({ path: "data.session.events[99]", message });
    expect({ total, exact }).toEqual({ total: 250, exact: true });
  });

  it.each([99, 100, 101])("counts %i issues exactly", (count) => {
    const { data, ...rest } = finalized() as unknown as IdentitySessionFinalizedEvent;
    const session = { ...data.session, events: Array(count).fill(1) };
    const { issues, total, exact } = issuesOf(JSON.stringify({ ...rest, data: { ...data, session } }));
    expect(issues).toHaveLength(Math.min(count, maxIssues));
    expect({ total, exact }).toEqual({ total: count, exact: true });
  });

  it.each([
    [9_999, "1", "[0]", "expected object, found number", { total: 9_999, exact: true }],
    [10_000, "1", "[0]", "expected object, found number", { total: 10_000, exact: true }],
    [10_001, "1", "[0]", "expected object, found number", { total: 10_000, exact: false }],
    [2_500, "{}", "[0]._type", 'expected "full", it is missing', { total: 10_000, exact: true }],
    [2_501, "{}", "[0]._type", 'expected "full", it is missing', { total: 10_000, exact: false }],
    [330_000, "{}", "[0]._type", 'expected "full", it is missing', { total: 10_000, exact: false }],
  ])("counts issues up to ten thousand: %i times %s", (times, issue, place, first, counted) => {
    const flood = JSON.stringify(finalized()).replace(
      /"companies":\[.*?\}\],/,
      `"companies":[${`${issue},`.repeat(times - 1)}${issue}],`,
    );
    const { issues, total, exact } = issuesOf(flood);
    expect(issues).toHaveLength(maxIssues);
    expect(issues[0]).toEqual({ path: `data.enrichment.companies${place}`, message: first });
    expect({ total, exact }).toEqual(counted);
  });

  it("lists no more than the limit, counts no less than it lists, and is exact if it counted all", () => {
    const count = fc.oneof(
      fc.integer({ min: 1, max: 250 }),
      fc.integer({ min: 9_900, max: 10_100 }),
      fc.nat(40_000),
    );
    fc.assert(
      fc.property(count, (events) => {
        const event = finalized() as unknown as IdentitySessionFinalizedEvent;
        const session = { ...event.data.session, events: Array(events).fill(1) };
        const { issues, total, exact } = findIssues(schemaOf(event.type), {
          ...event,
          data: { ...event.data, session },
        });
        expect(issues.length).toBeLessThanOrEqual(maxIssues);
        expect(total).toBeGreaterThanOrEqual(issues.length);
        expect(total).toBeLessThanOrEqual(events);
        expect(exact).toBe(total === events);
      }),
    );
  });

  it("stops reading at the maximum count of issues", () => {
    let read = 0;
    const company = Object.defineProperty({}, "_type", { get: () => void read++ });
    const event = finalized() as unknown as IdentitySessionFinalizedEvent;
    const enrichment = { ...event.data.enrichment, companies: Array(20_000).fill(company) };
    findIssues(schemaOf(event.type), { ...event, data: { ...event.data, enrichment } });
    expect(read).toBe(2_501);
  });

  it.each([
    ["created", 1.5, "expected an integer, found a fraction"],
    ["created", "1", "expected number, found string"],
    ["id", null, "expected string, found null"],
    ["id", undefined, "expected string, it is missing"],
    ["data", [], "expected object, found array"],
  ])("reports for %s %j: %s", (key, value, message) => {
    const result = parseEvent(JSON.stringify({ ...finalized(), [key]: value }));
    expect(result).toMatchObject({ status: "quarantined", issues: [{ path: key, message }] });
  });

  it("reports that null is allowed, and that a number is too large for JSON parsers", () => {
    const text = JSON.stringify(finalized());
    expect(issuesOf(text.replace(/"endedAt":\d+/, '"endedAt":true')).issues).toEqual([
      { path: "data.session.endedAt", message: "expected number or null, found boolean" },
    ]);
    expect(issuesOf(text.replace(/"eventCount":\d+/, '"eventCount":1e999')).issues).toEqual([
      { path: "data.eventCount", message: "expected number, found a number beyond what a double holds" },
    ]);
    expect(issuesOf(text.replace('"_type":"full"', '"_type":"jane.doe"')).issues).toEqual([
      { path: "data.enrichment.companies[0]._type", message: 'expected "full", found another text' },
    ]);
  });

  it("skips one byte order mark, but not two, in strings and in bytes", () => {
    const twice = `\ufeff\ufeff${JSON.stringify(finalized())}`;
    for (const body of [twice, bytes(twice)]) expect(parseEvent(body).status).toBe("quarantined");
  });

  it("never throws, and never shows a value of the payload", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.uint8Array(), fc.json()), (body) => {
        expect(["accepted", "quarantined", "unrecognized"]).toContain(parseEvent(body).status);
      }),
      { numRuns: 2000 },
    );
    const text = JSON.stringify({
      ...finalized(),
      created: "jane.doe@example.com",
      id: { secret: "hunter2" },
    });
    expect(JSON.stringify(parseEvent(text))).not.toMatch(/jane|hunter2/);
  });

  it("throws for an argument that is not a body, and names the raw body", () => {
    expect(() => parseEvent(finalized() as unknown as string)).toThrow("raw body");
  });

  it("narrows by type, including unknown types", () => {
    const narrowed = (event: KnownEvent | UnrecognizedEvent) => {
      switch (event.type) {
        case "identity.session.finalized":
          expectTypeOf(event).toEqualTypeOf<IdentitySessionFinalizedEvent>();
          expectTypeOf(event.data.eventCount).toEqualTypeOf<number>();
          return event.data.enrichment?.person.provider satisfies string | undefined;
        case "identity.validated":
          return event.data.validations[0]?.validity satisfies string | null | undefined;
        case "identity.enriched":
        case "identity.qualified":
        case "identity.resolved":
          return event.data.attribution.prid satisfies string;
        default:
          expectTypeOf(event).toEqualTypeOf<UnrecognizedEvent>();
          return event.type satisfies string;
      }
    };
    expect(narrowed(finalized() as unknown as KnownEvent)).toBe("xK9mP");
  });
});
