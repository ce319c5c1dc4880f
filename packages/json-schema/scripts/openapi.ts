import { type EventType, eventTypes } from "@sessionhook/core";
import { defaultMaxBodyBytes } from "@sessionhook/core/limits";
import { eventSchemas } from "@sessionhook/core/schemas";
import { payloads } from "@sessionhook/fixtures";
import { definitionsOf, eventName } from "./definitions.ts";
import type { Draft } from "./drafts.ts";
import { headers, signatureScheme } from "./openapi-headers.ts";
import { adminPaths, adminTokenScheme } from "./openapi-admin.ts";
import { adminSchemas } from "./openapi-admin-schemas.ts";
import { answers, answerSchemas } from "./openapi-answers.ts";
import { adminAnswers } from "./openapi-problems.ts";
import { type Node, nameOf, nodesOf } from "./node.ts";

const component = (name: string) => ({ $ref: `#/components/schemas/${name}` });

export const info = {
  title: "Identity webhooks",
  version: "1",
  summary: "Signed identity events, as a Sessionhook receiver accepts them.",
  description:
    "Each event is one POST. The sender adds fields, values and event types without notice: the receiver stores unknown " +
    "fields, and it acknowledges and stores events of unknown types. The sender repeats an event that was not answered " +
    "with 2xx, with the same `webhook-id` and body.",
  license: { name: "MIT", identifier: "MIT" },
};

const messageOf = {
  security: [{ standardWebhooks: [] }],
  parameters: Object.keys(headers).map((name) => ({ $ref: `#/components/parameters/${name}` })),
  responses: Object.fromEntries(
    Object.keys(answers).map((status) => [status, { $ref: `#/components/responses/${status}` }]),
  ),
};

/** Builds the OpenAPI 3.1 document of a receiver: the messages of the provider, the admin API and the health checks. */
export function openApi() {
  const webhooks = eventTypes.map((type) => [
    type,
    {
      post: {
        operationId: type.replaceAll(/\.(\w)/g, (_, letter: string) => letter.toUpperCase()),
        summary: type,
        description: eventSchemas[type].meta()?.description,
        tags: ["events"],
        ...messageOf,
        requestBody: body(type),
      },
    },
  ]);
  return {
    openapi: "3.1.1",
    info,
    servers: [{ url: "/", description: "Your receiver." }],
    tags: [
      { name: "events", description: "Events that are posted to the receiver." },
      { name: "messages", description: "The endpoint that receives the events." },
      { name: "admin", description: "The stored events, for scripts. Every request needs the admin token." },
      { name: "health", description: "Health checks and metrics." },
    ],
    webhooks: Object.fromEntries(webhooks),
    paths: { "/webhooks": { post: receiveEvent(storedBody) }, ...adminPaths },
    components: {
      securitySchemes: { standardWebhooks: signatureScheme, adminToken: adminTokenScheme },
      parameters: headers,
      responses: { ...answers, ...adminAnswers },
      schemas: { ...answerSchemas, ...adminSchemas, ...eventComponents("2020-12") },
    },
  };
}

/** An event of any type that this version knows. */
export const knownEvent = {
  oneOf: eventTypes.map((type) => component(eventName(type))),
  discriminator: {
    propertyName: "type",
    mapping: Object.fromEntries(eventTypes.map((type) => [type, component(eventName(type)).$ref])),
  },
};

/** Any body that the receiver stores: a gateway that validates requests must not refuse what the receiver acknowledges. */
const storedBody = {
  anyOf: [
    knownEvent,
    {
      description:
        "An event of an unknown type, or a body that does not fit its schema. Both are stored and answered 200.",
    },
  ],
};

/** Returns the operation to which every webhook is sent, for generators that do not read `webhooks`. */
export function receiveEvent(schema: object) {
  return {
    operationId: "receiveEvent",
    summary: "Receive an event of any type.",
    // Not "events": generators write one file per tag, and a second one of that name for the webhooks.
    tags: ["messages"],
    ...messageOf,
    requestBody: {
      required: true,
      description: "UTF-8 JSON, over whose exact bytes the message is signed.",
      content: {
        "application/json": {
          schema,
        },
      },
    },
  };
}

function body(type: EventType) {
  return {
    required: true,
    description: `UTF-8 JSON. The signature covers these exact bytes: verify before parsing. At most ${defaultMaxBodyBytes / 1024 ** 2} MiB by default.`,
    content: {
      "application/json": {
        schema: component(eventName(type)),
        examples: {
          full: { summary: "Every field has a value", value: payloads.full(type) },
          minimal: { summary: "Null in every field that allows it", value: payloads.minimal(type) },
        },
      },
    },
  };
}

/** Returns the definitions as components of an OpenAPI or AsyncAPI document. */
export function eventComponents(draft: Draft): Record<string, Node> {
  const definitions = definitionsOf(draft);
  for (const definition of definitions.values()) {
    for (const node of nodesOf(definition))
      if (node.$ref !== undefined) node.$ref = component(nameOf(node.$ref)).$ref;
    // To find errors in examples, Redocly forbids unknown properties in every schema; for these two that is wrong.
    if (draft === "2020-12")
      for (const branch of [definition.if, definition.else])
        if (branch !== undefined) branch["unevaluatedProperties"] = true;
  }
  return Object.fromEntries([...definitions].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
