import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createConfig, lintFromString } from "@redocly/openapi-core";
import { validate } from "@scalar/openapi-parser";
import { eventTypes } from "@sessionhook/core";
import { signatureVectorTexts } from "@sessionhook/fixtures";
import { Ajv } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { describe, expect, it } from "vitest";
import { readJson, readText } from "./published.js";

/** Returns the problems that Redocly's strict rules find in a document. */
async function lint(source: string, rules: Readonly<Record<string, "off">> = {}): Promise<string[]> {
  const config = await createConfig({ extends: ["recommended-strict"], rules });
  const problems = await lintFromString({ source, absoluteRef: "/document.json", config });
  return problems.map(({ ruleId, message }) => `${ruleId}: ${message}`);
}

describe.each(["openapi.json", "asyncapi.json", "codegen/asyncapi.json"])("%s", (file) => {
  it("passes Redocly's strict rules, which find a missing schema", async () => {
    expect(await lint(readText(file))).toEqual([]);
    expect(await lint(readText(file).replace('"#/components/schemas/Network"', '"#/gone"'))).not.toEqual([]);
  });
});

describe("openapi.json", () => {
  it("has only examples that are valid for Redocly, which finds a wrong one", async () => {
    expect(
      await lint(readText("openapi.json").replaceAll(/"eventCount": \d+/g, '"eventCount": "3"')),
    ).not.toEqual([]);
  });

  it("is valid for Scalar's parser, which finds a wrong header", async () => {
    const source = readText("openapi.json");
    expect(await validate(source)).toMatchObject({ valid: true, version: "3.1", errors: [] });
    expect(await validate(source.replace('"in": "header"', '"in": "nowhere"'))).toMatchObject({
      valid: false,
    });
  });
});

describe("codegen/openapi.json", () => {
  it("is valid OpenAPI 3.0 for Scalar's parser and Redocly", async () => {
    const source = readText("codegen/openapi.json");
    expect(await validate(source)).toMatchObject({ valid: true, version: "3.0", errors: [] });
    // With a type, openapi-python-client reads no null where the schema is a reference.
    const rules = { "nullable-type-sibling": "off" } as const;
    expect(await lint(source, rules)).toEqual([]);
    expect(await lint(source.replace('"nullable": true', '"nullable": "yes"'), rules)).not.toEqual([]);
  });
});

describe.each(["asyncapi.json", "codegen/asyncapi.json", "codegen/asyncapi-without-null.json"])(
  "%s",
  (file) => {
    // Reads the file directly, because the package's entry loads every published version.
    const path = createRequire(import.meta.url).resolve("@asyncapi/specs/schemas/3.0.0.json");
    const { definitions, ...rest } = JSON.parse(readFileSync(path, "utf8")) as { definitions: object };
    // ajv contains this meta-schema and accepts no second one with the same name.
    const own = Object.entries(definitions).filter(([id]) => id !== "http://json-schema.org/draft-07/schema");
    const ajv = new Ajv({ strict: false, allErrors: true });
    (formats as unknown as (ajv: object) => void)(ajv);
    const fits = ajv.compile({ ...rest, definitions: Object.fromEntries(own) });
    const document = readJson(file) as {
      components: { messages: Record<string, { name: string }> };
    };

    it("is valid for the published schema of AsyncAPI 3, which finds a wrong action", () => {
      expect(fits(document), JSON.stringify(fits.errors?.slice(0, 3))).toBe(true);
      expect(fits({ ...document, operations: { receiveEvent: { action: "listen" } } })).toBe(false);
    });

    it("has a message for every event type", () => {
      expect(Object.values(document.components.messages).map(({ name }) => name)).toEqual(eventTypes);
    });
  },
);

describe("vectors", () => {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, strictRequired: false });
  const fits = ajv.compile(readJson("vectors/vectors.schema.json") as object);
  const files = Object.keys(signatureVectorTexts()).filter((file) => /^\w+\.json$/.test(file));

  it.each(files)("%s is valid for its schema", (file) => {
    const content = readJson(`vectors/${file}`) as { vectors: object[] };
    expect(fits(content), JSON.stringify(fits.errors?.slice(0, 3))).toBe(true);
    expect(fits({ ...content, vectors: [{ ...content.vectors[0], expected: { valid: true } }] })).toBe(false);
  });
});
