import { type EventType, eventSchemas, eventTypes } from "@sessionhook/core";
import { allDefinitions, definitionName } from "./definitions.ts";
import { deliveryHeaders, info, signatureScheme, tags } from "./delivery.ts";
import { examples } from "./examples.ts";
import { relocate } from "./relocate.ts";

/** The AsyncAPI 3 document, from the receiver's side. Its schemas are those of draft-07. */
export function asyncApi(): object {
  return {
    asyncapi: "3.0.0",
    id: "https://sessionhook.dev/asyncapi/v1",
    info: {
      ...info,
      license: { name: "MIT", url: "https://opensource.org/license/mit" },
      tags,
    },
    defaultContentType: "application/json",
    channels: {
      webhooks: {
        address: "/webhooks",
        title: "Webhooks",
        description: "The endpoint that the provider posts every event to.",
        messages: Object.fromEntries(
          eventTypes.map((type) => [
            definitionName(type),
            { $ref: `#/components/messages/${definitionName(type)}` },
          ]),
        ),
      },
    },
    operations: {
      receiveEvents: {
        action: "receive",
        channel: { $ref: "#/channels/webhooks" },
        summary: "Take an event: answer 2xx when it is durable, anything else to have it sent again.",
        bindings: { http: { method: "POST", bindingVersion: "0.3.0" } },
        security: [{ $ref: "#/components/securitySchemes/webhookSignature" }],
        messages: eventTypes.map((type) => ({
          $ref: `#/channels/webhooks/messages/${definitionName(type)}`,
        })),
      },
    },
    components: {
      messages: Object.fromEntries(eventTypes.map((type) => [definitionName(type), message(type)])),
      messageTraits: {
        signed: {
          headers: {
            type: "object",
            properties: deliveryHeaders,
            required: Object.keys(deliveryHeaders),
          },
        },
      },
      schemas: relocate(allDefinitions("draft-07")),
      securitySchemes: {
        webhookSignature: {
          type: "httpApiKey",
          in: "header",
          name: "webhook-signature",
          description: signatureScheme,
        },
      },
    },
  };
}

function message(type: EventType): object {
  const name = definitionName(type);
  return {
    name: type,
    title: name,
    summary: eventSchemas[type].meta()?.description,
    contentType: "application/json",
    traits: [{ $ref: "#/components/messageTraits/signed" }],
    payload: { $ref: `#/components/schemas/${name}` },
    examples: examples()
      .filter((example) => example.type === type)
      .map(({ file, summary, payload }) => ({
        name: file.replace(`examples/${type}.`, "").replace(".json", ""),
        summary,
        payload,
      })),
  };
}
