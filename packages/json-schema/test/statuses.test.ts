import { eventTypes, type EventType } from "@sessionhook/core";
import { type FieldRow, fieldRows, invalidPayloads, payloads } from "@sessionhook/fixtures";
import { describe, expect, it } from "vitest";
import { type Draft, drafts } from "../scripts/drafts.js";
import { publishedFiles, readJson, validatorOf } from "./published.js";

const names = Object.keys(drafts) as Draft[];
const validators = new Map(
  names.flatMap((draft) =>
    [...eventTypes, "events" as const].map((type) => [`${draft} ${type}`, validatorOf(draft, type)] as const),
  ),
);

/** Returns whether a value is valid; fails when the drafts or the union disagree. */
function fits(type: EventType, value: unknown): boolean {
  const answers = names.map((draft) => validators.get(`${draft} ${type}`)?.(value));
  const own = (value as { type?: unknown }).type === type;
  if (own) answers.push(...names.map((draft) => validators.get(`${draft} events`)?.(value)));
  expect(answers, "the drafts or the union differ").toEqual(answers.map(() => answers[0]));
  return answers[0] === true;
}

describe("the published schemas", () => {
  const examples = publishedFiles().filter((file) => file.startsWith("examples/"));

  it("come with at least two examples per type", () => {
    for (const type of eventTypes)
      expect(examples.filter((file) => file.startsWith(`examples/${type}.`)).length).toBeGreaterThan(1);
  });

  it.each(examples)("accept %s", (file) => {
    const example = readJson(file) as { type: EventType };
    expect(eventTypes).toContain(example.type);
    expect(file.startsWith(`examples/${example.type}.`)).toBe(true);
    expect(fits(example.type, example)).toBe(true);
  });

  it.each(invalidPayloads().map((invalid) => [invalid.name, invalid.payload] as const))(
    "reject %s",
    (_, payload) => {
      expect(fits(payload["type"] as EventType, payload)).toBe(false);
    },
  );

  it("accept each type only by its own schema", () => {
    for (const schema of eventTypes)
      for (const type of eventTypes) expect(fits(schema, payloads.minimal(type))).toBe(schema === type);
  });
});

/** Sets, or with `undefined` deletes, the field of a row in a fresh full payload. */
function changed(row: FieldRow, value: unknown): unknown {
  const event: unknown = payloads.full(row.event);
  const steps = row.path.replaceAll("[]", ".0").replace(/\.0$/, "").split(".");
  const last = steps.pop() as string;
  const holder = steps.reduce((at, step) => (at as Record<string, unknown>)[step], event) as Record<
    string,
    unknown
  >;
  expect(holder).toHaveProperty([last]);
  if (value === undefined) delete holder[last];
  else holder[last] = value;
  return event;
}

const samples = { string: "text", number: 1.5, boolean: true, array: [], object: {} };

describe("every row of the provider's tables, by the published schemas", () => {
  const rows = fieldRows();

  it("is present", () => expect(rows).toHaveLength(197 + 274));

  it.each(rows.map((row) => [`${row.event} ${row.path}`, row] as const))("%s", (_, row) => {
    const own = row.path.endsWith("[]") ? "array" : row.type.replace(/[ ,].*$/, "");
    expect(fits(row.event, changed(row, undefined))).toBe(!row.required);
    expect(fits(row.event, changed(row, null))).toBe(row.nullable);
    for (const [type, value] of Object.entries(samples))
      if (type !== own) expect(fits(row.event, changed(row, value)), `${type} for ${own}`).toBe(false);
    if (own === "array") {
      const wrongItem = row.type === "array of string" ? 7 : "text";
      expect(fits(row.event, changed(row, [wrongItem]))).toBe(false);
    }
    if (own === "integer") expect(fits(row.event, changed(row, 2 ** 60))).toBe(true);
    if (own === "string") {
      const closed = row.path === "type" || row.path.endsWith("._type");
      expect(fits(row.event, changed(row, "a value nobody has heard of"))).toBe(!closed);
    }
  });
});
