import { type EventType, eventTypes } from "@sessionhook/core";
import { eventSchemas } from "@sessionhook/core/schemas";
import { payloads } from "@sessionhook/fixtures";
import { eventName } from "./definitions.ts";
import type { Node } from "./node.ts";
import { eventComponents, info } from "./openapi.ts";
import { headers, signatureScheme } from "./openapi-headers.ts";

const message = (name: string) => ({ $ref: `#/components/messages/${name}` });

/**
 * Builds the AsyncAPI 3 document of the same events, from the receiver's side.
 * @param schemas the definitions of the events
 */
export function asyncApi(schemas: Record<string, Node> = eventComponents("draft-07")) {
  const { summary: _, ...about } = info;
  const names = eventTypes.map((type) => eventName(type));
  return {
    asyncapi: "3.0.0",
    info: {
      ...about,
      license: { name: "MIT", url: "https://opensource.org/license/mit" },
      tags: [{ name: "events", description: "Events that are posted to the receiver." }],
    },
    defaultContentType: "application/json",
    channels: {
      webhooks: {
        address: "/webhooks",
        title: "Webhooks",
        description: "The endpoint that receives every event.",
        messages: Object.fromEntries(names.map((name) => [name, message(name)])),
      },
    },
    operations: {
      receiveEvent: {
        action: "receive",
        channel: { $ref: "#/channels/webhooks" },
        summary: "Receive an event: respond with 2xx when it is durable; any other status causes a retry.",
        bindings: { http: { method: "POST", bindingVersion: "0.3.0" } },
        security: [{ $ref: "#/components/securitySchemes/standardWebhooks" }],
        messages: names.map((name) => ({ $ref: `#/channels/webhooks/messages/${name}` })),
      },
    },
    components: {
      messages: Object.fromEntries(eventTypes.map((type) => [eventName(type), messageOf(type)])),
      messageTraits: { signed: { headers: headersSchema() } },
      schemas,
      securitySchemes: { standardWebhooks: { ...signatureScheme, type: "httpApiKey" } },
    },
  };
}

function messageOf(type: EventType) {
  return {
    name: type,
    title: eventName(type),
    summary: eventSchemas[type].meta()?.description,
    contentType: "application/json",
    traits: [{ $ref: "#/components/messageTraits/signed" }],
    payload: { $ref: `#/components/schemas/${eventName(type)}` },
    examples: [
      { name: "full", summary: "Every field has a value", payload: payloads.full(type) },
      { name: "minimal", summary: "Null in every field that allows it", payload: payloads.minimal(type) },
    ],
  };
}

function headersSchema() {
  const properties = Object.entries(headers).map(([name, { schema, description }]) => [
    name,
    { ...schema, description },
  ]);
  return { type: "object", properties: Object.fromEntries(properties), required: Object.keys(headers) };
}
