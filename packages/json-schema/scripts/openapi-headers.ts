import { defaultToleranceSeconds, maxIdLength } from "@sessionhook/core/limits";

const header = (name: string, schema: object, description: string) => ({
  name,
  in: "header",
  required: true,
  description,
  schema,
});

/** The three headers of Standard Webhooks 1.0.0. */
export const headers = {
  "webhook-id": header(
    "webhook-id",
    {
      type: "string",
      minLength: 1,
      maxLength: maxIdLength,
      pattern: "^[\\x21-\\x2d\\x2f-\\x7e]+$",
      examples: ["evt_01KH5HM09WTF6DOE8K2H6DG2RI"],
    },
    "Message id: identifies the event and equals `id` in the body. It is the same for every attempt. " +
      "Older senders use `svix-id`.",
  ),
  "webhook-timestamp": header(
    "webhook-timestamp",
    { type: "string", pattern: "^(?:0|[1-9][0-9]{0,14})$", examples: ["1739571908"] },
    `Time of this attempt in Unix seconds. The receiver rejects an attempt whose time differs by more than ${defaultToleranceSeconds} seconds ` +
      "(by default) from its clock. Older senders use `svix-timestamp`.",
  ),
  "webhook-signature": header(
    "webhook-signature",
    { type: "string", minLength: 1, examples: ["v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4="] },
    "One or several signatures, separated by spaces (several while a secret is rotated). One valid signature is enough. " +
      "Older senders use `svix-signature`.",
  ),
} as const;

/** OpenAPI has no security scheme for signed requests, so this one names the signature header and describes the rest. */
export const signatureScheme = {
  type: "apiKey",
  in: "header",
  name: "webhook-signature",
  description:
    "Standard Webhooks 1.0.0. The signed text is `{webhook-id}.{webhook-timestamp}.{raw body}`, over the exact bytes of " +
    "the body. `v1,` is followed by the base64 of its HMAC-SHA256 under the signing secret (`whsec_` and the base64 of " +
    "24 to 64 bytes); `v1a,` by the base64 of its ed25519 signature (public key `whpk_…`). The receiver ignores signatures " +
    "of other versions.",
} as const;
