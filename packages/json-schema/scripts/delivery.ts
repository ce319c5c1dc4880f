import type { Schema } from "./schema.ts";

/** What the OpenAPI and the AsyncAPI document both say of a delivery. */
export const info = {
  title: "Sessionhook",
  version: "1.0.0",
  description:
    "Signed identity webhooks (Standard Webhooks 1.0.0), as a receiver gets and answers them. " +
    "Fields, values and event types may be added at any time: keep what you do not know.",
  license: { name: "MIT", identifier: "MIT" },
};

export const tags = [{ name: "events", description: "What the provider sends." }];

export const signatureScheme =
  "`webhook-signature` carries one or several signatures with a space between them, each with its version: " +
  "`v1,` base64 of HMAC-SHA256, `v1a,` base64 of ed25519. The signed bytes are `{webhook-id}.{webhook-timestamp}.{raw body}`, " +
  "the key is what follows `whsec_` in the secret. One good signature is enough; unknown versions are skipped. " +
  "Refuse attempts whose timestamp is more than five minutes off. Older deliveries name the headers " +
  "`svix-id`, `svix-timestamp` and `svix-signature`.";

/** The headers of every delivery. */
export const deliveryHeaders: Readonly<Record<string, Schema>> = {
  "webhook-id": {
    type: "string",
    description: "Message id: the identity of the event, the same on every retry.",
    pattern: "^[!-\\-/-~]{1,256}$",
    examples: ["evt_01KH5HM09WTF6DOE8K2H6DG2RI"],
  },
  "webhook-timestamp": {
    type: "string",
    description: "Attempt timestamp in Unix seconds; every retry has its own.",
    pattern: "^(0|[1-9][0-9]{0,14})$",
    examples: ["1739571908"],
  },
  "webhook-signature": {
    type: "string",
    description: signatureScheme,
    examples: ["v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4="],
  },
};
