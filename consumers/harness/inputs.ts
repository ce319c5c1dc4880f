import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { type EventType, parseEvent } from "../../packages/core/dist/index.js";
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
  /** Name of the generated module or package, such as identity_resolved. */
  readonly module: string;
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
    return { type, title: String(readJson(schema)["title"]), module: type.replaceAll(".", "_"), schema };
  });
  const examples = types.flatMap((type) =>
    index.events[type].examples.map((file) => payloadInput(join(published, file))),
  );
  return { events, payloads: [...examples, ...events.flatMap(variantPayloads), ...invalidPayloads()] };
}

function variantPayloads({ type, schema }: EventInput): PayloadInput[] {
  const full = readJson(join(published, "examples", `${type}.full.json`));
  return Object.entries(variants(full, readJson(schema) as SchemaNode)).map(([name, payload]) => {
    const input = writePayload(`${type}.${name}.json`, payload);
    if (input.paths.length > 0)
      throw new Error(`core finds issues at ${input.paths.join()} in ${input.name}`);
    return input;
  });
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
    const input = writePayload(name, payload);
    if (JSON.stringify(input.paths) !== JSON.stringify(expectedPaths))
      throw new Error(
        `core finds issues at ${input.paths} in ${name}, but the fixture expects ${expectedPaths}`,
      );
    return input;
  });
}

function writePayload(name: string, payload: Json): PayloadInput {
  const file = join(cache, "payloads", name);
  mkdirSync(join(cache, "payloads"), { recursive: true });
  writeFileSync(file, JSON.stringify(payload));
  return payloadInput(file);
}

/** Writes the input file of a consumer. Sign the messages just before, because their timestamps expire. */
export function writeInputs(
  file: string,
  inputs: Inputs,
  messages: readonly SignedMessage[],
  secret: string,
): void {
  const text = JSON.stringify(
    {
      ...inputs,
      secret,
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
