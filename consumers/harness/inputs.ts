import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { type EventType, parseEvent } from "../../packages/core/dist/index.js";
import { createSimulator, type SimulatedType, simulatedTypes } from "../../packages/simulator/dist/index.js";
import type { Json, JsonObject } from "./json.ts";
import { cache, root } from "./paths.ts";
import type { SignedMessage } from "./signed-message.ts";
import type { SchemaNode } from "./schema.ts";
import { variants } from "./variants.ts";

const published = join(root, "packages", "json-schema");

export interface EventInput {
  readonly type: EventType;
  /** Name of the root type, such as IdentityResolvedEvent. */
  readonly title: string;
  /** Path of the published schema, draft 2020-12. */
  readonly schema: string;
}

interface PayloadInput {
  readonly name: string;
  readonly type: EventType;
  readonly file: string;
  /** Paths of the issues that core finds; empty for the published examples. */
  readonly paths: readonly string[];
}

export interface Inputs {
  readonly events: readonly EventInput[];
  readonly payloads: readonly PayloadInput[];
}

const readJson = (file: string) => JSON.parse(readFileSync(file, "utf8")) as JsonObject;

/** Returns the inputs of every consumer: the published schemas, the published examples with variants, and invalid payloads. */
export function readInputs(): Inputs {
  const index = readJson(join(published, "index.json")) as {
    events: Record<EventType, { schemas: { "2020-12": { file: string } }; examples: string[] }>;
  };
  const types = Object.keys(index.events) as EventType[];
  const events = types.map((type) => {
    const schema = join(published, index.events[type].schemas["2020-12"].file);
    return { type, title: String(readJson(schema)["title"]), schema };
  });
  const examples = types.flatMap((type) =>
    index.events[type].examples.map((file) => payloadInput(join(published, file))),
  );
  const good = [...examples, ...events.flatMap(variantPayloads), ...simulatedPayloads()];
  return { events, payloads: [...good, ...invalidPayloads()] };
}

/** Returns the names of the definitions, and so of the types that every generator must make. */
export function definitionNames(): string[] {
  return Object.keys(readJson(join(published, "codegen", "events.schema.json"))["definitions"] as JsonObject);
}

/** Returns the names of the schemas in the OpenAPI document that no event has: those of requests and answers. */
export function answerNames(): string[] {
  const { schemas } = readJson(join(published, "codegen", "openapi.json"))["components"] as {
    schemas: JsonObject;
  };
  const definitions = new Set(definitionNames());
  return Object.keys(schemas).filter((name) => !definitions.has(name));
}

/** Returns simulated events of every type. */
function simulatedPayloads(): PayloadInput[] {
  const simulator = createSimulator({ seed: 12, now: Date.UTC(2026, 0, 1) });
  return simulatedTypes.flatMap((type: SimulatedType) =>
    Array.from({ length: 10 }, (_, at) =>
      validPayload(`simulated.${type}.${at}.json`, simulator.next(type).body),
    ),
  );
}

/** Writes numbers in the forms that JSON allows: an integer with a fraction of zero, and times with fractions. */
function otherNumbers(text: string): string {
  return text
    .replaceAll(/"created":(\d+)/g, '"created":$1.0')
    .replaceAll(/"(createdAt|ts|endedAt)":(\d+)/g, '"$1":$2.25');
}

function variantPayloads({ type, schema }: EventInput): PayloadInput[] {
  const full = readJson(join(published, "examples", `${type}.full.json`));
  const changed = Object.entries(variants(full, readJson(schema) as SchemaNode)).map(([name, payload]) =>
    validPayload(`${type}.${name}.json`, JSON.stringify(payload)),
  );
  return [...changed, validPayload(`${type}.other-numbers.json`, otherNumbers(JSON.stringify(full)))];
}

function validPayload(name: string, text: string): PayloadInput {
  const input = writePayload(name, text);
  if (input.paths.length > 0) throw new Error(`core finds issues at ${input.paths.join()} in ${input.name}`);
  return input;
}

function payloadInput(file: string): PayloadInput {
  const name = basename(file, ".json");
  const text = readFileSync(file, "utf8");
  const result = parseEvent(text);
  const paths = result.status === "quarantined" ? result.issues.map((issue) => issue.path).toSorted() : [];
  return { name, type: (JSON.parse(text) as { type: EventType }).type, file, paths };
}

function invalidPayloads(): PayloadInput[] {
  const source = join(root, "packages", "fixtures", "payloads", "invalid");
  return readdirSync(source).map((name) => {
    const { payload, expectedPaths } = readJson(join(source, name)) as {
      payload: Json;
      expectedPaths: string[];
    };
    const input = writePayload(name, JSON.stringify(payload));
    if (JSON.stringify(input.paths) !== JSON.stringify(expectedPaths))
      throw new Error(
        `core finds issues at ${input.paths} in ${name}, but the fixture expects ${expectedPaths}`,
      );
    return input;
  });
}

function writePayload(name: string, text: string): PayloadInput {
  const file = join(cache, "payloads", name);
  mkdirSync(join(cache, "payloads"), { recursive: true });
  writeFileSync(file, text);
  return payloadInput(file);
}

/** Writes the input file of a consumer. Sign the messages just before, because their timestamps expire. */
export function writeInputs(
  file: string,
  inputs: Inputs,
  messages: readonly SignedMessage[],
  secret: string,
  app?: { readonly origin: string; readonly adminToken: string },
): void {
  const text = JSON.stringify(
    {
      ...inputs,
      secret,
      ...(app === undefined ? {} : { app: { origin: app.origin, adminToken: app.adminToken } }),
      messages: messages.map(({ name, secrets, headers, body }) => ({
        name,
        secrets,
        headers,
        body: Buffer.from(body).toString("base64"),
      })),
    },
    null,
    2,
  );
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, text);
}
