import { eventTypes } from "@sessionhook/core";
import { type Driver, drivers } from "@sessionhook/destinations";
import * as z from "zod/mini";
import { commonKeys, fileSchema, namePattern } from "../src/config/schema.js";
import { commonDescriptions, driverDescriptions, fileDescriptions } from "./descriptions.ts";

/** A schema or subschema. */
export interface SchemaNode {
  description?: string;
  type?: string;
  const?: unknown;
  enum?: unknown[];
  $ref?: string;
  anyOf?: SchemaNode[];
  items?: SchemaNode;
  properties?: Record<string, SchemaNode>;
  required?: string[];
  additionalProperties?: SchemaNode | boolean;
  [keyword: string]: unknown;
}

export const configSchemaId = "https://sessionhook.dev/schemas/v1/config.schema.json";

const reference: SchemaNode = { $ref: "#/$defs/Reference" };

/**
 * Builds the JSON Schema of sessionhook.config.json from the schemas that the app validates with. Rules that JSON Schema
 * cannot express, such as the form of a signing secret, are checked by `sessionhook config check` only.
 */
export function configSchema(): SchemaNode {
  const file = described(jsonSchemaOf(fileSchema), fileDescriptions);
  const names = Object.keys(drivers).filter((name) => name !== "code");
  file.properties = {
    ...file.properties,
    destinations: {
      ...file.properties?.["destinations"],
      propertyNames: { pattern: namePattern.source },
      additionalProperties: { anyOf: names.map((name) => ({ $ref: `#/$defs/${definitionOf(name)}` })) },
    },
  };
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: configSchemaId,
    title: "Sessionhook configuration",
    description: "The content of sessionhook.config.json: docs/configuration.md.",
    ...file,
    $defs: {
      ...Object.fromEntries(
        names.map((name) => [
          definitionOf(name),
          destinationSchema(drivers[name as keyof typeof drivers] as unknown as Driver),
        ]),
      ),
      Reference: referenceSchema,
    },
  };
}

const definitionOf = (type: string) => `${(type[0] as string).toUpperCase()}${type.slice(1)}Destination`;

const referenceSchema: SchemaNode = {
  description: "A text that is not in the file itself.",
  anyOf: [
    oneKey("env", "Name of the environment variable."),
    oneKey("file", "Path of a file with the text. A newline at its end is ignored."),
  ],
};

function oneKey(key: string, description: string): SchemaNode {
  return {
    type: "object",
    properties: { [key]: { description, type: "string", minLength: 1 } },
    required: [key],
    additionalProperties: false,
  };
}

function destinationSchema(driver: Driver): SchemaNode {
  const common = described(jsonSchemaOf(z.strictObject(commonKeys)), commonDescriptions);
  const own = described(jsonSchemaOf(driver.schema), driverDescriptions[driver.type] ?? {});
  const properties = Object.entries(own.properties ?? {}).map(([key, node]) => [
    key,
    driver.secrets.includes(key) ? asSecret(node) : withReferences(node),
  ]);
  return {
    description: driver.description,
    type: "object",
    properties: {
      type: { description: driver.description, const: driver.type },
      ...(Object.fromEntries(properties) as Record<string, SchemaNode>),
      ...withDefaults(common.properties ?? {}, driver),
    },
    required: ["type", ...(own.required ?? [])],
    additionalProperties: false,
  };
}

function withDefaults(properties: Record<string, SchemaNode>, { defaults }: Driver) {
  const { types, concurrency, timeout, ...rest } = properties;
  const timeoutText = `${defaults.timeoutMs / 1000} s`;
  return {
    // Statuses of unrecognized events allow other types.
    types: { ...types, items: { anyOf: [{ enum: [...eventTypes] }, { type: "string" }] } },
    ...rest,
    concurrency: { ...concurrency, default: defaults.concurrency },
    timeout: { ...timeout, default: timeoutText },
  };
}

/** zod's own schema, of the values before they are transformed. Checks by a function have no equivalent. */
function jsonSchemaOf(schema: z.ZodMiniType): SchemaNode {
  const { $schema: _, ...node } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  return node as SchemaNode;
}

/** Puts the descriptions first, as editors and readers expect them. */
function described(node: SchemaNode, descriptions: Readonly<Record<string, string>>, path = ""): SchemaNode {
  const { properties, anyOf, ...rest } = node;
  const description = descriptions[path];
  return {
    ...(description === undefined ? {} : { description }),
    ...rest,
    ...(anyOf === undefined
      ? {}
      : { anyOf: anyOf.map((child) => withoutDescription(described(child, descriptions, path))) }),
    ...(properties === undefined
      ? {}
      : {
          properties: Object.fromEntries(
            Object.entries(properties).map(([key, child]) => [
              key,
              described(child, descriptions, path === "" ? key : `${path}.${key}`),
            ]),
          ),
        }),
  };
}

function withoutDescription(node: SchemaNode): SchemaNode {
  const { description: _, ...rest } = node;
  return rest;
}

/** A secret is a reference, or a list of them. */
function asSecret({ description, anyOf }: SchemaNode): SchemaNode {
  const list = anyOf?.some(({ type }) => type === "array") === true;
  return {
    ...(description === undefined ? {} : { description }),
    ...(list ? { anyOf: [reference, { type: "array", items: reference, minItems: 1 }] } : reference),
  };
}

/** Any other text can be a reference too. */
function withReferences(node: SchemaNode): SchemaNode {
  const { description, ...rest } = node;
  if (node.type === "string" && node.enum === undefined && node.const === undefined)
    return { ...(description === undefined ? {} : { description }), anyOf: [rest, reference] };
  if (typeof node.additionalProperties === "object" && node.additionalProperties.type === "string")
    return { ...node, additionalProperties: withReferences(node.additionalProperties) };
  return node;
}
