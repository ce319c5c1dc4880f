import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { configSchema, configSchemaId, type SchemaNode } from "../scripts/config-schema.ts";
import { driverDescriptions } from "../scripts/descriptions.ts";
import { loadConfig } from "../src/index.js";

const published = new URL("../../json-schema/config.schema.json", import.meta.url);
const schema = JSON.parse(readFileSync(published, "utf8")) as SchemaNode;
const validate = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true }).compile(schema);

const definitions = schema["$defs"] as Record<string, SchemaNode>;

/** Every key that the schema knows, with its path and its schema. */
function* keysOf(node: SchemaNode, path: string): Generator<[string, SchemaNode]> {
  for (const [key, child] of Object.entries(node.properties ?? {})) {
    yield [`${path}.${key}`, child];
    yield* keysOf(child, `${path}.${key}`);
  }
  for (const child of [...(node.anyOf ?? []), ...(node.items === undefined ? [] : [node.items])])
    yield* keysOf(child, path);
}

describe("config.schema.json", () => {
  it("equals the generator's output", () => {
    expect(
      readFileSync(published, "utf8") === `${JSON.stringify(configSchema(), null, 2)}\n`,
      "run: npx pnpm --filter @sessionhook/app generate",
    ).toBe(true);
    expect(schema["$id"]).toBe(configSchemaId);
  });

  it("describes every key, for completion in an editor", () => {
    const all = [schema, ...Object.values(definitions)].flatMap((node, i) => [...keysOf(node, String(i))]);
    expect(all.length).toBeGreaterThan(60);
    expect(
      all.filter(([, { description }]) => !/^\S.{10,}/.test(description ?? "")).map(([key]) => key),
    ).toEqual([]);
  });

  it("offers the types, presets and values that exist", () => {
    const { HttpDestination, SlackDestination, FilesDestination } = definitions;
    expect(
      [HttpDestination, FilesDestination, SlackDestination].map((node) => node?.properties?.["type"]?.const),
    ).toEqual(["http", "files", "slack"]);
    expect(HttpDestination?.properties?.["skip"]?.items?.enum).toContain("no-valid-email");
    expect(JSON.stringify(HttpDestination?.properties?.["types"])).toContain("identity.session.finalized");
  });

  it("has no description of a key that does not exist", () => {
    for (const [type, descriptions] of Object.entries(driverDescriptions)) {
      const node = definitions[`${type[0]?.toUpperCase()}${type.slice(1)}Destination`] as SchemaNode;
      const keys = [...keysOf(node, "")].map(([key]) => key.slice(1));
      expect(keys).toEqual(expect.arrayContaining(Object.keys(descriptions)));
    }
  });
});

const valid = {
  $schema: configSchemaId,
  destinations: {
    backend: { type: "http", url: "https://api.example.com/hooks", secret: { env: "BACKEND_SECRET" } },
    rotating: {
      type: "http",
      url: { env: "URL" },
      secret: [{ env: "BACKEND_SECRET" }, { file: "secret" }],
      headers: { "x-team": "growth", authorization: { env: "TOKEN" } },
      body: { map: { email: "{{person.email}}" } },
      network: "private",
      types: ["identity.session.finalized"],
      statuses: ["accepted"],
      concurrency: 4,
      rate: "20/s",
      timeout: "5 s",
      retry: { schedule: ["1 s", "2 min"], maxAge: "3d" },
    },
    sales: {
      type: "slack",
      url: { env: "SLACK_URL" },
      skip: ["bots", "corporate-proxies", "freemail", "no-person"],
      when: "company.employeeCount >= 50 && pages.exists(p, p.like('/pricing*'))",
      cooldown: { per: "person", for: "24h" },
    },
    archive: { type: "files", path: "./data/archive" },
  },
  retention: { events: "180d", history: "30d" },
} as const;

const secret = `whsec_${"MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}`;

/** Returns whether the app accepts a configuration; the JSON Schema must agree. */
function accepted(value: unknown): Promise<boolean> {
  return loadConfig({
    path: "c.json",
    env: {
      BACKEND_SECRET: secret,
      TOKEN: "token",
      URL: "https://example.com",
      SLACK_URL: "https://hooks.slack.com/services/x",
    },
    exists: () => true,
    readFile: (path) => (path === "secret" ? secret : JSON.stringify(value)),
    reasonOf: () => "",
    importModule: () => Promise.reject(new Error("not JSON")),
    typescriptProblem: undefined,
  }).then(
    () => true,
    () => false,
  );
}

const { backend } = valid.destinations;
const one = (destination: object) => ({ destinations: { a: destination } });

describe("the schema and the app agree", () => {
  it.each([
    ["all keys", valid],
    ["an empty file", {}],
    ["a reference to a file", one({ ...backend, secret: { file: "secret" } })],
  ])("%s is valid", async (_, value) => {
    expect([validate(value), validate.errors, await accepted(value)]).toEqual([true, null, true]);
  });

  it.each([
    ["a list", []],
    ["an unknown key", { destination: {} }],
    ["a bad name", { destinations: { "a b": backend } }],
    ["no type", one({ url: "https://example.com" })],
    ["an unknown type", one({ ...backend, type: "htp" })],
    ["code", one({ type: "code" })],
    ["no url", one({ type: "http" })],
    ["a misspelt key", one({ ...backend, skp: [] })],
    ["a literal secret", one({ ...backend, secret })],
    ["a literal Slack URL", one({ type: "slack", url: "https://hooks.slack.com/services/x" })],
    ["a key of another type", one({ ...backend, digest: true })],
    ["an unknown preset", one({ ...backend, skip: ["bot"] })],
    ["a number as a duration", one({ ...backend, timeout: 5 })],
    ["a duration without a unit", one({ ...backend, timeout: "5" })],
    ["a rate without a unit", one({ ...backend, rate: "5" })],
    ["a concurrency of 0", one({ ...backend, concurrency: 0 })],
    ["an incomplete cooldown", one({ ...backend, cooldown: { per: "person" } })],
    ["a conflict", one({ ...backend, statuses: ["conflict"] })],
    ["retention of nothing", { retention: { event: "1d" } }],
  ])("%s is not", async (_, value) => {
    expect([validate(value), await accepted(value)]).toEqual([false, false]);
  });
});
