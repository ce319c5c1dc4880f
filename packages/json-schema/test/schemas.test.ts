import { invalidPayloads, payloads } from "@sessionhook/fixtures";
import { Ajv, type ValidateFunction } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { describe, expect, it } from "vitest";
import { definitionsKeyword } from "../scripts/definitions.js";
import { examples } from "../scripts/examples.js";
import type { Schema } from "../scripts/schema.js";
import { schemaFiles } from "../scripts/schema-files.js";

// Strict: an unknown keyword would be a leftover of the generator. Lists of types say "or null".
const options = { strict: true, allowUnionTypes: true, allErrors: true } as const;
const addFormats = formats as unknown as (ajv: object) => void;

function compile(draft: "draft-2020-12" | "draft-07", schema: Schema): ValidateFunction {
  const ajv = draft === "draft-07" ? new Ajv(options) : new Ajv2020(options);
  addFormats(ajv);
  return ajv.compile(schema);
}

const files = schemaFiles();
const validators = new Map(files.map(({ file, draft, schema }) => [file, compile(draft, schema)]));
const typeOf = (payload: object) => (payload as { type?: unknown }).type;

/** Every schema in a document with the place it stands in. */
function schemasIn(schema: Schema, at: string): [string, Schema][] {
  const nested = (keyword: string, inner: unknown): [string, Schema][] =>
    Object.entries((inner ?? {}) as Record<string, Schema>).flatMap(([name, value]) =>
      schemasIn(value, `${at}/${keyword}/${name}`),
    );
  return [
    [at, schema],
    ...["properties", "$defs", "definitions", "anyOf", "allOf", "oneOf"].flatMap((keyword) =>
      nested(keyword, schema[keyword]),
    ),
    ...(schema.items === undefined ? [] : schemasIn(schema.items, `${at}/items`)),
  ];
}

describe.each(files.map((file) => [file.file, file] as const))("%s", (file, { type, draft, schema }) => {
  const fits = validators.get(file) as ValidateFunction;

  it("takes every example of its type, formats included, and no other", () => {
    for (const { payload, type: own, file } of examples()) {
      expect(fits(payload), `${file} ${JSON.stringify(fits.errors)}`).toBe(type === null || own === type);
    }
  });

  it("refuses every invalid fixture", () => {
    const relevant = invalidPayloads().filter(({ payload }) => type === null || typeOf(payload) === type);
    for (const { name, payload } of relevant) expect([name, fits(payload)]).toEqual([name, false]);
  });

  it("takes every value and field nobody has heard of", () => {
    const payload = payloads.withUnknownFields();
    expect(fits(payload)).toBe(type === null || typeOf(payload) === type);
  });

  it("carries examples that fit it", () => {
    expect(schema.examples?.length).toBeGreaterThan(0);
    for (const example of schema.examples ?? []) expect(fits(example)).toBe(true);
  });

  it("has a stable $id, a title and a description", () => {
    expect(schema["$id"]).toBe(`https://sessionhook.dev/schemas/v1/${file}`);
    expect(schema.title).toMatch(/^[A-Z][A-Za-z]+$/);
    expect(schema.description).toMatch(/\.$/);
  });

  it("describes every property, names every object once, and closes none", () => {
    const all = schemasIn(schema, "#");
    expect(all.length).toBeGreaterThan(20);
    for (const [at, { description, title, properties, ...rest }] of all) {
      if (/\/properties\/[^/]+$/.test(at))
        expect([at, description]).toEqual([at, expect.stringMatching(/\S/)]);
      // An object with properties stands in a definition of its own, so that generators can name its type.
      if (properties !== undefined) {
        expect(at).toMatch(/^#$|^#\/(?:\$defs|definitions)\/\w+$/);
        if (at !== "#") expect(title).toBe(at.replace(/.*\//, ""));
      }
      expect(rest).not.toHaveProperty("additionalProperties");
      expect(rest).not.toHaveProperty("unevaluatedProperties");
      if (at !== "#") expect(rest).not.toHaveProperty("$id");
    }
  });

  it("has every definition it needs and no other", () => {
    const definitions = Object.keys(schema[definitionsKeyword[draft]] as object);
    const text = JSON.stringify(schema);
    const referenced = [...text.matchAll(/"\$ref":"#\/(?:\$defs|definitions)\/(\w+)"/g)].map(
      ([, name]) => name,
    );
    expect(new Set(referenced)).toEqual(new Set(definitions));
    expect(text).not.toMatch(/__schema|"~standard"|"x-/);
  });
});

it("every invalid fixture belongs to a type that was tried", () => {
  const types = invalidPayloads().map(({ payload }) => typeOf(payload));
  expect(types.every((type) => payloads.types.includes(type as never))).toBe(true);
  expect(types.length).toBeGreaterThan(10);
});
