import { defaultToleranceSeconds } from "../limits.js";
import { utf8Bytes } from "#crypto";
import { ConfigurationError, SignatureError } from "../errors.js";
import { checkOptions, milliseconds, type Now, type RawBody, rawBody } from "./arguments.js";
import { type HeadersLike, readMessageHeaders } from "./message-headers.js";
import { matchingScheme, signatureMismatch } from "./match-signature.js";
import type { SecretOptions, VerificationKeys } from "./secret.js";
import { type SigningSecrets, verificationKeys } from "./signing-secrets.js";

export interface VerifyOptions extends SecretOptions {
  /** Headers, a Map or a plain object, in any case; the `webhook-` names or the older `svix-` ones. */
  readonly headers: HeadersLike;
  /**
   * One or several of `whsec_…` and `whpk_…`, any of which may have signed; or a prepared `SigningSecrets`,
   * whose own options then apply instead of `secretEncoding` and `allowShortSecrets` of this call.
   */
  readonly secrets: string | readonly string[] | SigningSecrets;
  /** Maximum distance of the attempt timestamp from now, in both directions, in seconds. Default 300; Infinity disables the check. */
  readonly toleranceSeconds?: number | undefined;
  /** Default: the system clock. */
  readonly now?: Now | undefined;
}

/** A message proven genuine. */
export interface VerifiedMessage {
  /** Message id (`webhook-id`): the identity of the event, the same on every retry. */
  readonly id: string;
  /** Attempt timestamp (`webhook-timestamp`) in Unix seconds; every retry has its own. */
  readonly timestamp: number;
  /** The scheme that matched: `v1` HMAC-SHA256, `v1a` ed25519. */
  readonly scheme: "v1" | "v1a";
  /** The signature header as received. */
  readonly signature: string;
}

/**
 * Verifies that a message is genuine and recent (Standard Webhooks 1.0.0), without parsing its body.
 * The signature is computed over the exact bytes given; a string is encoded as UTF-8.
 *
 * @throws SignatureError `missing_header`, `malformed_header`, `timestamp_too_old`, `timestamp_too_new`, `signature_mismatch`
 * @throws ConfigurationError `invalid_secret`, `invalid_option`
 *
 * @example
 * ```ts
 * import { sign, verifySignature } from "@sessionhook/core";
 *
 * const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
 * const headers = sign("any body", { id: "evt_1", secret });
 * verifySignature("any body", { headers, secrets: secret }).id; // => "evt_1"
 * ```
 */
export function verifySignature(body: RawBody, options: VerifyOptions): VerifiedMessage {
  checkOptions(options, "verifySignature(body, { headers, secrets })");
  return verifyWithKeys(body, options, verificationKeys(options.secrets, options));
}

/** @internal `verifySignature` with prepared keys; `secrets` in the options is ignored. */
export function verifyWithKeys(
  body: RawBody,
  options: Omit<VerifyOptions, "secrets">,
  keys: readonly VerificationKeys[],
): VerifiedMessage {
  const content = rawBody(body);
  const tolerance = options.toleranceSeconds ?? defaultToleranceSeconds;
  if (!(tolerance >= 0)) throw new ConfigurationError("invalid_option", "toleranceSeconds must be 0 or more");

  const { id, timestamp, signature } = readMessageHeaders(options.headers);
  checkAge(timestamp, Math.floor(milliseconds(options.now) / 1000), tolerance);
  // A lone surrogate has no UTF-8 form: encoders replace it, and two different texts would share one signature.
  if (typeof content === "string" && !content.isWellFormed()) throw signatureMismatch();
  const bytes = typeof content === "string" ? utf8Bytes(content) : content;
  const scheme = matchingScheme(signature, keys, `${id}.${timestamp}.`, bytes);
  return { id, timestamp, scheme, signature };
}

function checkAge(timestamp: number, nowSeconds: number, tolerance: number): void {
  const age = nowSeconds - timestamp;
  if (age > tolerance)
    throw new SignatureError(
      "timestamp_too_old",
      `The attempt timestamp is ${age} s old; ${tolerance} s are tolerated`,
    );
  if (-age > tolerance)
    throw new SignatureError(
      "timestamp_too_new",
      `The attempt timestamp is ${-age} s ahead; ${tolerance} s are tolerated`,
    );
}
