import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { payloads } from "@sessionhook/fixtures";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import type { Document } from "../scripts/alternatives.js";
import { announced } from "../scripts/changesets.js";
import { announcedSize, checkCompatibility, releases } from "../scripts/check-compatibility.js";
import { findBreaks } from "../scripts/compatibility.js";
import type { Node } from "../scripts/node.js";
import { readJson } from "./published.js";

const file = "identity.enriched.schema.json";
const schema = (): Document => readJson(file) as Document;

/** The definition of a name, free to be changed. */
type Change = (
  document: Document,
  def: (name: string) => Node & { properties: Record<string, Node> },
) => unknown;

function breaksOf(change: Change): string[] {
  const after = schema();
  change(after, (name) => {
    const found = after.$defs?.[name];
    return found?.properties === undefined ? expect.fail(`no ${name}`) : (found as never);
  });
  expect(after).not.toEqual(schema());
  return findBreaks(schema(), after);
}

it("the package as it stands may be released", () => {
  const { last, next } = releases();
  expect(Object.keys(last.schemas)).toHaveLength(6);
  expect(checkCompatibility(last, next, announcedSize())).toEqual([]);
});

describe("refuses", () => {
  const cases: [string, Change, string][] = [
    [
      "a field that becomes required",
      (_, def) => def("Person").required?.push("email"),
      "Person.email: required now",
    ],
    [
      "a new field that is required",
      (_, def) => {
        def("Utm").properties["id"] = { type: "string" };
        def("Utm").required?.push("id");
      },
      "Utm.id: required now",
    ],
    [
      "a type that is another",
      (_, def) => (def("Screen").properties["width"] = { type: "string" }),
      "Screen.width: number has become string",
    ],
    [
      "a number that becomes whole",
      (_, def) => (def("Screen").properties["width"] = { type: "integer" }),
      "Screen.width: number has become integer",
    ],
    [
      "null that is taken away from a text",
      (_, def) => (def("Utm").properties["term"] = { type: "string" }),
      "Utm.term: null is not allowed any more",
    ],
    [
      "null that is taken away from an object",
      (_, def) => (def("Company").properties["funding"] = { $ref: "#/$defs/Funding" }),
      "Company.funding: null is not allowed any more",
    ],
    [
      "a branch that is taken away",
      (_, def) => def("IdentityEnrichedData").properties["session"]?.anyOf?.shift(),
      "IdentityEnrichedData.session: Session is not allowed any more",
    ],
    [
      "a text that becomes a list of values",
      (_, def) => (def("Attribution").properties["prid"] = { type: "string", enum: ["jNNdd"] }),
      "Attribution.prid: fewer values are allowed",
    ],
    [
      "a constant that is another",
      (_, def) => Object.assign(def("Company").properties["_type"] ?? {}, { const: "whole" }),
      "Company._type: fewer values are allowed",
    ],
    [
      "items that are another",
      (_, def) => (def("Person").properties["skills"] = { type: "array", items: { type: "number" } }),
      "Person.skills[]: string has become number",
    ],
    [
      "items that are restricted",
      (_, def) =>
        (def("Session").properties["options"] = {
          type: "object",
          properties: {},
          additionalProperties: false,
        }),
      "Session.options: additionalProperties is new or another",
    ],
    [
      "unknown fields",
      (_, def) => Object.assign(def("Network"), { additionalProperties: false }),
      "Network: additionalProperties is new or another",
    ],
    [
      "a pattern",
      (_, def) => Object.assign(def("Network").properties["country"] ?? {}, { pattern: "^..$" }),
      "Network.country: pattern is new or another",
    ],
    [
      "a format that validators may check",
      (_, def) => Object.assign(def("Person").properties["enrichedAt"] ?? {}, { format: "date-time" }),
      "Person.enrichedAt: format is new or another",
    ],
    [
      "a field that is gone",
      (_, def) => delete def("Company").properties["logoUrl"],
      "Company.logoUrl: the field is gone",
    ],
    [
      "a definition that is gone",
      (document) => delete document.$defs?.["Asn"],
      "Asn: the definition is gone",
    ],
    [
      "a definition by another name",
      (document, def) => {
        (document.$defs ?? {})["AutonomousSystem"] = def("Asn");
        delete document.$defs?.["Asn"];
        def("Network").properties["asn"] = { $ref: "#/$defs/AutonomousSystem" };
      },
      "Network.asn: Asn has become AutonomousSystem",
    ],
    ["a title that is another", (_, def) => (def("Asn").title = "AS"), "Asn: the title is another"],
    ["a root title that is another", (document) => (document.title = "Enriched"), "#: the title is another"],
    [
      "an $id that is another",
      (document) => (document["$id"] = "https://sessionhook.dev/schemas/v2/x"),
      "#: the $id is another",
    ],
    [
      "older envelopes",
      (document) => {
        delete document.if;
        delete document.else;
        document.required = ["id", "type", "created", "data"];
      },
      "#.id: required now",
    ],
    [
      "a condition that asks for more",
      (document) => document.else?.required?.push("data2"),
      "#: required under another condition",
    ],
    [
      "a condition that is met less often",
      (document) => document.if?.required?.push("id"),
      "#: required under another condition",
    ],
    [
      "something beside a reference",
      (_, def) => Object.assign(def("Session").properties["screen"] ?? {}, { required: ["depth"] }),
      "Session.screen: required is new or another",
    ],
    [
      "something beside branches",
      (_, def) => Object.assign(def("Company").properties["funding"] ?? {}, { minProperties: 1 }),
      "Company.funding: minProperties is new or another",
    ],
    [
      "the event's type",
      (document) => Object.assign(document.properties?.["type"] ?? {}, { const: "identity.enriched.v2" }),
      "#.type: fewer values are allowed",
    ],
  ];
  it.each(cases)("%s", (_, change, expected) => {
    expect(breaksOf(change)).toContain(expected);
  });
});

describe("lets pass", () => {
  const cases: [string, Change][] = [
    ["a new optional field", (_, def) => (def("Utm").properties["id"] = { type: "string" })],
    ["a new definition", (document) => ((document.$defs ?? {})["New"] = { type: "object", title: "New" })],
    ["a field that becomes optional", (_, def) => def("Person").required?.pop()],
    ["null that is allowed", (_, def) => (def("Screen").properties["width"] = { type: ["number", "null"] })],
    [
      "a whole number that may be a fraction",
      (document) => Object.assign(document.properties?.["created"] ?? {}, { type: "number" }),
    ],
    [
      "a definition that may be null",
      (_, def) =>
        (def("Session").properties["screen"] = { anyOf: [{ $ref: "#/$defs/Screen" }, { type: "null" }] }),
    ],
    ["other words", (_, def) => Object.assign(def("Asn"), { description: "New words." })],
    ["other examples", (_, def) => Object.assign(def("Asn").properties["name"] ?? {}, { examples: ["x"] })],
    ["a format that is gone", (_, def) => delete def("Company").properties["logoUrl"]?.format],
    [
      "a condition that is gone",
      (document) => {
        delete document.if;
        delete document.else;
      },
    ],
  ];
  it.each(cases)("%s", (_, change) => {
    expect(breaksOf(change)).toEqual([]);
  });
});

it("finds every change that makes a formerly valid event invalid", () => {
  const before = readJson("identity.resolved.schema.json") as Document;
  const type = "identity.resolved";
  const events = [payloads.full(type), payloads.minimal(type), payloads.olderEnvelope(type)];
  const count = { breaking: 0, harmless: 0 };
  const places = (value: unknown): [Record<string, unknown>, string][] =>
    typeof value !== "object" || value === null
      ? []
      : Object.entries(value).flatMap(([key, inner]) =>
          key === "examples"
            ? []
            : [
                [value as Record<string, unknown>, key] as [Record<string, unknown>, string],
                ...places(inner),
              ],
        );
  const replacement = fc.constantFrom<unknown>(
    "string",
    "null",
    "object",
    ["number", "null"],
    ["id"],
    ["data"],
    "Session",
    [{ type: "null" }],
    { type: "boolean" },
  );
  fc.assert(
    fc.property(fc.nat(), fc.option(replacement, { nil: undefined }), (at, value) => {
      const after = structuredClone(before);
      const all = places(after);
      const [holder, key] = all[at % all.length] ?? [after as Record<string, unknown>, "type"];
      if (value === undefined) delete holder[key];
      else holder[key] = value;
      let fits: (event: unknown) => boolean;
      try {
        fits = new Ajv2020({ strict: false, validateFormats: false }).compile(after);
      } catch {
        return;
      }
      const breaking = events.some((event) => !fits(event));
      count[breaking ? "breaking" : "harmless"]++;
      if (breaking) expect(findBreaks(before, after)).not.toEqual([]);
    }),
    { numRuns: 200 },
  );
  // Some 30 of each; a property that saw one kind only would prove nothing.
  expect(Math.min(count.breaking, count.harmless)).toBeGreaterThan(3);
});

describe("a release", () => {
  const { last, next } = releases();
  const broken = { ...next, schemas: { ...next.schemas, [file]: { ...schema(), title: "Other" } } };

  it.each([[undefined], ["patch"], ["minor"]])("with a break and %s announced is refused", (size) => {
    const problems = checkCompatibility(last, broken, size);
    expect(problems[0]).toBe(`${file} #: the title is another`);
    expect(problems.at(-1)).toContain("major");
  });

  it("with a break and a major change announced may be made", () => {
    expect(checkCompatibility(last, broken, "major")).toEqual([]);
  });

  it("without a file of the last one is refused", () => {
    const { [file]: _, ...rest } = next.schemas;
    expect(checkCompatibility(last, { ...next, schemas: rest }, "minor")[0]).toBe(`${file}: is gone`);
  });

  it("of another version needs its copy", () => {
    expect(checkCompatibility(last, { ...next, version: "9.0.0" }, "major")[0]).toContain("keep-published");
  });
});

describe("announced", () => {
  const folder = mkdtempSync(join(tmpdir(), "changesets-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  it("is the largest size any changeset gives the package", () => {
    const size = () => announced(folder, "@sessionhook/json-schema");
    expect(size()).toBeUndefined();
    writeFileSync(
      join(folder, "a.md"),
      '---\n"@sessionhook/core": major\n---\n\n"@sessionhook/json-schema": major\n',
    );
    expect(size()).toBeUndefined();
    writeFileSync(
      join(folder, "b.md"),
      '---\n"@sessionhook/json-schema": minor\n"@sessionhook/core": patch\n---\n\nMore.\n',
    );
    expect(size()).toBe("minor");
    writeFileSync(join(folder, "c.md"), "---\r\n'@sessionhook/json-schema': major\r\n---\r\n\r\nOther.\r\n");
    expect(size()).toBe("major");
  });
});
