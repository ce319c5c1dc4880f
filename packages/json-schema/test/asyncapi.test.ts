import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createConfig, lintFromString } from "@redocly/openapi-core";
import { payloads } from "@sessionhook/fixtures";
import { Ajv } from "ajv";
import formats from "ajv-formats";
import { expect, it } from "vitest";
import { asyncApi } from "../scripts/asyncapi.js";

const document = asyncApi();
// The file itself: the package's own entry loads every version ever published.
const specification = createRequire(import.meta.url).resolve("@asyncapi/specs/schemas/3.0.0.json");
const ajv = new Ajv({ strict: false, allErrors: true });
(formats as unknown as (ajv: object) => void)(ajv);
const { definitions, ...rest } = JSON.parse(readFileSync(specification, "utf8")) as { definitions: object };
// ajv has the meta-schema itself, and takes no second one of the same name.
const own = Object.entries(definitions).filter(([id]) => id !== "http://json-schema.org/draft-07/schema");
const fits = ajv.compile({ ...rest, definitions: Object.fromEntries(own) });

it("fits the published schema of AsyncAPI 3", () => {
  expect(fits(document), JSON.stringify(fits.errors?.slice(0, 3))).toBe(true);
  expect(fits({ ...document, operations: { receiveEvents: { action: "listen" } } })).toBe(false);
});

it("passes Redocly's strict rules: every reference leads somewhere", async () => {
  const config = await createConfig({ extends: ["recommended-strict"] });
  const lint = (source: string) => lintFromString({ source, absoluteRef: "/asyncapi.json", config });
  const source = JSON.stringify(document);
  expect(await lint(source)).toEqual([]);
  expect(await lint(source.replace('"#/components/schemas/Network"', '"#/gone"'))).not.toEqual([]);
});

it("has a message for every event type", () => {
  const { components } = document as { components: { messages: Record<string, { name: string }> } };
  expect(Object.values(components.messages).map(({ name }) => name)).toEqual(payloads.types);
});
