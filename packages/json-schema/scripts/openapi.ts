import { type EventType, eventSchemas, eventTypes } from "@sessionhook/core";
import { answerName, answerResponses, answerSchemas, answerStatuses } from "./answers.ts";
import { allDefinitions, definitionName } from "./definitions.ts";
import { deliveryHeaders, info, signatureScheme, tags } from "./delivery.ts";
import { examples } from "./examples.ts";
import { relocate } from "./relocate.ts";

/** The OpenAPI 3.1 document: one webhook an event type. */
export function openApi(): object {
  return {
    openapi: "3.1.1",
    info,
    jsonSchemaDialect: "https://json-schema.org/draft/2020-12/schema",
    servers: [{ url: "/", description: "Your receiver. Sessionhook takes every event at POST /webhooks." }],
    tags,
    security: [{ webhookSignature: [] }],
    webhooks: Object.fromEntries(eventTypes.map((type) => [type, { post: operation(type) }])),
    components: {
      schemas: { ...relocate(allDefinitions("draft-2020-12")), ...answerSchemas },
      parameters: Object.fromEntries(Object.entries(deliveryHeaders).map(parameter)),
      responses: answerResponses(),
      securitySchemes: {
        webhookSignature: {
          type: "apiKey",
          in: "header",
          name: "webhook-signature",
          description: signatureScheme,
        },
      },
    },
  };
}

function operation(type: EventType): object {
  const name = definitionName(type);
  // Not the one with unknown fields: linters take every field a schema does not name for a slip.
  const own = examples().filter((example) => example.type === type && !example.file.includes("unknown"));
  return {
    operationId: `receive${name}`,
    summary: type,
    description: eventSchemas[type].meta()?.description,
    tags: ["events"],
    parameters: Object.keys(deliveryHeaders).map((header) => ({
      $ref: `#/components/parameters/${header}`,
    })),
    requestBody: {
      required: true,
      content: {
        "application/json": {
          schema: { $ref: `#/components/schemas/${name}` },
          examples: Object.fromEntries(
            own.map(({ file, summary, payload }) => [exampleName(file, type), { summary, value: payload }]),
          ),
        },
      },
    },
    responses: Object.fromEntries(
      answerStatuses.map((status) => [status, { $ref: `#/components/responses/${answerName(status)}` }]),
    ),
  };
}

function exampleName(file: string, type: EventType): string {
  return file.replace(`examples/${type}.`, "").replace(".json", "");
}

function parameter([name, { description, ...schema }]: [string, (typeof deliveryHeaders)[string]]) {
  return [name, { name, in: "header", required: true, description, schema }] as const;
}
