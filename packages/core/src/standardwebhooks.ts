import { hmacSha256, type HmacKey, importHmacKey } from "#crypto";
import { ConfigurationError, SignatureError, type SignatureErrorCode } from "./errors.js";
import { textOrBytes } from "./signature/arguments.js";
import { decodeReferenceBase64 } from "./signature/base64.js";
import { verifyWithKeys } from "./signature/verify-signature.js";

/**
 * Drop-in for the npm package `standardwebhooks` 1.x: the same class, methods, results and messages, so
 * that existing code changes one import. Unlike the original it verifies over the exact bytes it is
 * given, rejects timestamps that are not plain integers, ids with a dot or a space, two values of one header and very long
 * lists of signatures, and also reads `svix-` headers, Headers, a Map and a Uint8Array.
 */

const messages: Record<SignatureErrorCode, string> = {
  missing_header: "Missing required headers",
  malformed_header: "Invalid Signature Headers",
  timestamp_too_old: "Message timestamp too old",
  timestamp_too_new: "Message timestamp too new",
  signature_mismatch: "No matching signature found",
};

export class WebhookVerificationError extends Error {
  override readonly name = "WebhookVerificationError";
}

export interface WebhookUnbrandedRequiredHeaders {
  "webhook-id": string;
  "webhook-timestamp": string;
  "webhook-signature": string;
}

export interface WebhookOptions {
  /** `raw`: the secret is the key itself, as bytes or as text of one byte a character; otherwise base64. */
  format?: "raw";
}

export interface VerifyOptions {
  /** False: do not parse the payload, return undefined. Default true. */
  jsonParse?: boolean;
}

/**
 * Verifies and signs messages with one secret, as `Webhook` of `standardwebhooks` does.
 *
 * @example
 * ```ts
 * import { Webhook } from "@sessionhook/core/standardwebhooks";
 *
 * const webhook = new Webhook("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
 * const headers = {
 *   "webhook-id": "evt_1",
 *   "webhook-timestamp": String(Math.floor(Date.now() / 1000)),
 *   "webhook-signature": webhook.sign("evt_1", new Date(), '{"type":"ping"}'),
 * };
 * webhook.verify('{"type":"ping"}', headers); // => { type: "ping" }
 * ```
 */
export class Webhook {
  readonly #key: HmacKey;

  /**
   * @param secret base64, with or without `whsec_`; bytes or text with `format: "raw"`
   * @throws Error for a secret that is empty, not text, or not base64
   */
  constructor(secret: string | Uint8Array, options?: WebhookOptions) {
    const bytes = options?.format === "raw" ? rawKey(secret) : decodedKey(secret);
    if (bytes.length === 0) throw new Error("Secret can't be empty.");
    this.#key = importHmacKey(bytes);
  }

  /**
   * Verifies a message and returns its parsed JSON; undefined for an empty payload.
   * @throws WebhookVerificationError when it is not genuine, or when `headers` is something else, such as the whole request;
   * SyntaxError when a genuine payload is not JSON; ConfigurationError without headers
   */
  verify(
    payload: string | Uint8Array,
    headers: WebhookUnbrandedRequiredHeaders | Record<string, string>,
    options?: VerifyOptions,
  ): unknown {
    const content = contentOf(payload);
    try {
      verifyWithKeys(content, { headers: headers as Record<string, string> }, [
        { scheme: "v1", hmac: [this.#key] },
      ]);
    } catch (cause) {
      const code = codeOf(cause, headers);
      if (code === undefined) throw cause;
      throw new WebhookVerificationError(messages[code], { cause });
    }
    const text = typeof content === "string" ? content : new TextDecoder().decode(content);
    return text === "" || options?.jsonParse === false ? undefined : JSON.parse(text);
  }

  /** Returns the signature `v1,…` of a payload, for the `webhook-signature` header. */
  sign(msgId: string, timestamp: Date, payload: string | Uint8Array): string {
    const prefix = `${msgId}.${Math.floor(timestamp.getTime() / 1000)}.`;
    return `v1,${hmacSha256(this.#key, prefix, contentOf(payload))}`;
  }
}

/** Returns the code of a failed verification. The original reads anything but null and undefined as headers. */
function codeOf(error: unknown, headers: unknown): SignatureErrorCode | undefined {
  if (SignatureError.isInstance(error)) return error.code;
  const isWrongHeaders = ConfigurationError.isInstance(error) && headers !== null && headers !== undefined;
  return isWrongHeaders ? "missing_header" : undefined;
}

function contentOf(payload: unknown): string | Uint8Array {
  const accepted = typeof payload === "string" || ArrayBuffer.isView(payload);
  const content = accepted ? textOrBytes(payload) : undefined;
  if (content !== undefined) return content;
  throw new Error("Expected payload to be of type string or Buffer.");
}

function rawKey(secret: string | Uint8Array): Uint8Array {
  return typeof secret === "string" ? Uint8Array.from(secret, (char) => char.charCodeAt(0)) : secret;
}

function decodedKey(secret: unknown): Uint8Array {
  if (typeof secret !== "string") throw new Error("Expected secret to be of type string");
  const text = secret.startsWith("whsec_") ? secret.slice("whsec_".length) : secret;
  const key = text === "" ? new Uint8Array() : decodeReferenceBase64(text);
  if (key !== undefined) return key;
  throw new Error('The secret is not base64. If its text is the key itself, pass { format: "raw" }.');
}
