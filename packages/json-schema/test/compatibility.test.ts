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

/** Changes a schema; `def` returns one of its definitions. */
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

it("the current state of the package may be released", () => {
  const { last, next } = releases();
  expect(Object.keys(last.schemas)).toHaveLength(6);
  expect(checkCompatibility(last, next, announcedSize())).toEqual([]);
});

describe("rejects", () => {
  const cases: [string, Change, string][] = [
    [
      "a field that becomes required",
      (_, def) => def("Person").required?.push("email"),
      "Person.email: is now required",
    ],
    [
      "a new field that is required",
      (_, def) => {
        def("Utm").properties["id"] = { type: "string" };
        def("Utm").required?.push("id");
      },
      "Utm.id: is now required",
    ],
    [
      "another type",
      (_, def) => (def("Screen").properties["width"] = { type: "string" }),
      "Screen.width: number changed to string",
    ],
    [
      "a number that becomes an integer",
      (_, def) => (def("Screen").properties["width"] = { type: "integer" }),
      "Screen.width: number changed to integer",
    ],
    [
      "a text that no longer allows null",
      (_, def) => (def("Utm").properties["term"] = { type: "string" }),
      "Utm.term: null is no longer allowed",
    ],
    [
      "an object that no longer allows null",
      (_, def) => (def("Company").properties["funding"] = { $ref: "#/$defs/Funding" }),
      "Company.funding: null is no longer allowed",
    ],
    [
      "a removed branch",
      (_, def) => def("IdentityEnrichedData").properties["session"]?.anyOf?.shift(),
      "IdentityEnrichedData.session: Session is no longer allowed",
    ],
    [
      "a text that becomes a list of values",
      (_, def) => (def("Attribution").properties["prid"] = { type: "string", enum: ["jNNdd"] }),
      "Attribution.prid: fewer values are allowed",
    ],
    [
      "another constant",
      (_, def) => Object.assign(def("Company").properties["_type"] ?? {}, { const: "whole" }),
      "Company._type: fewer values are allowed",
    ],
    [
      "items of another type",
      (_, def) => (def("Person").properties["skills"] = { type: "array", items: { type: "number" } }),
      "Person.skills[]: string changed to number",
    ],
    [
      "items that are restricted",
      (_, def) =>
        (def("Session").properties["options"] = {
          type: "object",
          properties: {},
          additionalProperties: false,
        }),
      "Session.options: additionalProperties was added or changed",
    ],
    [
      "forbidden unknown fields",
      (_, def) => Object.assign(def("Network"), { additionalProperties: false }),
      "Network: additionalProperties was added or changed",
    ],
    [
      "a new pattern",
      (_, def) => Object.assign(def("Network").properties["country"] ?? {}, { pattern: "^..$" }),
      "Network.country: pattern was added or changed",
    ],
    [
      "a new format, which validators may check",
      (_, def) => Object.assign(def("Person").properties["enrichedAt"] ?? {}, { format: "date-time" }),
      "Person.enrichedAt: format was added or changed",
    ],
    [
      "a removed field",
      (_, def) => delete def("Company").properties["logoUrl"],
      "Company.logoUrl: the field was removed",
    ],
    ["a removed definition", (document) => delete document.$defs?.["Asn"], "Asn: the definition was removed"],
    [
      "a renamed definition",
      (document, def) => {
        (document.$defs ?? {})["AutonomousSystem"] = def("Asn");
        delete document.$defs?.["Asn"];
        def("Network").properties["asn"] = { $ref: "#/$defs/AutonomousSystem" };
      },
      "Network.asn: Asn changed to AutonomousSystem",
    ],
    ["another title", (_, def) => (def("Asn").title = "AS"), "Asn: the title changed"],
    ["another root title", (document) => (document.title = "Enriched"), "#: the title changed"],
    [
      "another $id",
      (document) => (document["$id"] = "https://sessionhook.dev/schemas/v2/x"),
      "#: the $id changed",
    ],
    [
      "events without older envelopes",
      (document) => {
        delete document.if;
        delete document.else;
        document.required = ["id", "type", "created", "data"];
      },
      "#.id: is now required",
    ],
    [
      "a condition that requires more",
      (document) => document.else?.required?.push("data2"),
      "#: the condition for required fields changed",
    ],
    [
      "a condition that is met less often",
      (document) => document.if?.required?.push("id"),
      "#: the condition for required fields changed",
    ],
    [
      "a keyword next to a reference",
      (_, def) => Object.assign(def("Session").properties["screen"] ?? {}, { required: ["depth"] }),
      "Session.screen: required was added or changed",
    ],
    [
      "a keyword next to branches",
      (_, def) => Object.assign(def("Company").properties["funding"] ?? {}, { minProperties: 1 }),
      "Company.funding: minProperties was added or changed",
    ],
    [
      "another event type",
      (document) => Object.assign(document.properties?.["type"] ?? {}, { const: "identity.enriched.v2" }),
      "#.type: fewer values are allowed",
    ],
  ];
  it.each(cases)("%s", (_, change, expected) => {
    expect(breaksOf(change)).toContain(expected);
  });
});

describe("accepts", () => {
  const cases: [string, Change][] = [
    ["a new optional field", (_, def) => (def("Utm").properties["id"] = { type: "string" })],
    ["a new definition", (document) => ((document.$defs ?? {})["New"] = { type: "object", title: "New" })],
    ["a field that becomes optional", (_, def) => def("Person").required?.pop()],
    [
      "a field that now allows null",
      (_, def) => (def("Screen").properties["width"] = { type: ["number", "null"] }),
    ],
    [
      "an integer that becomes a number",
      (document) => Object.assign(document.properties?.["created"] ?? {}, { type: "number" }),
    ],
    [
      "a definition that may be null",
      (_, def) =>
        (def("Session").properties["screen"] = { anyOf: [{ $ref: "#/$defs/Screen" }, { type: "null" }] }),
    ],
    ["another description", (_, def) => Object.assign(def("Asn"), { description: "New words." })],
    ["other examples", (_, def) => Object.assign(def("Asn").properties["name"] ?? {}, { examples: ["x"] })],
    ["a removed format", (_, def) => delete def("Company").properties["logoUrl"]?.format],
    [
      "a removed condition",
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
  // About 30 of each; with only one kind the property would prove nothing.
  expect(Math.min(count.breaking, count.harmless)).toBeGreaterThan(3);
});

describe("a release", () => {
  const { last, next } = releases();
  const broken = { ...next, schemas: { ...next.schemas, [file]: { ...schema(), title: "Other" } } };

  it.each([[undefined], ["patch"], ["minor"]])("with a break and an announced %s is rejected", (size) => {
    const problems = checkCompatibility(last, broken, size);
    expect(problems[0]).toBe(`${file} #: the title changed`);
    expect(problems.at(-1)).toContain("major");
  });

  it("with a break and an announced major change is accepted", () => {
    expect(checkCompatibility(last, broken, "major")).toEqual([]);
  });

  it("without a file of the last release is rejected", () => {
    const { [file]: _, ...rest } = next.schemas;
    expect(checkCompatibility(last, { ...next, schemas: rest }, "minor")[0]).toBe(
      `${file}: the file was removed`,
    );
  });

  it("with another version needs a new copy in published/", () => {
    expect(checkCompatibility(last, { ...next, version: "9.0.0" }, "major")[0]).toContain("keep-published");
  });
});

describe("announced", () => {
  const folder = mkdtempSync(join(tmpdir(), "changesets-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  it("is the largest bump of the package in any changeset", () => {
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
