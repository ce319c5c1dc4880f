import { ConfigurationError, SignatureError, verifySignature } from "@sessionhook/core";
import { bodyVariants } from "./body-variants.js";
import type { Captured, Cause } from "./captured.js";
import { signedOtherwise } from "./signed-otherwise.js";

/** Tries the usual causes, those in the body combined with those in the secret; returns undefined if none explains the rejection. */
export function findCause(captured: Captured, error: SignatureError): Cause | undefined {
  if (error.code === "missing_header" || error.code === "malformed_header") return undefined;
  if (isGenuine(captured))
    return error.code === "signature_mismatch" ? manySecrets : wrongTime(captured, error);
  for (const [secretCause, changed] of otherSecrets(captured)) {
    if (secretCause !== undefined && isGenuine(changed)) return secretCause;
    for (const { code, message, bytes } of bodyVariants(captured.body)) {
      if (!isGenuine({ ...changed, body: bytes })) continue;
      return { code, message: secretCause === undefined ? message : `${message}. ${secretCause.message}` };
    }
  }
  return signedOtherwise(captured) ?? otherScheme(captured) ?? otherMessage(captured);
}

/** Returns whether one of the secrets made a signature, at any time. Tries each alone, because the number of secrets per call is limited. */
function isGenuine({ body, headers, secrets, secretEncoding, allowShortSecrets, now }: Captured): boolean {
  return secrets.some((secret) => {
    try {
      const toleranceSeconds = Number.POSITIVE_INFINITY;
      verifySignature(body, {
        headers,
        secrets: secret,
        secretEncoding,
        allowShortSecrets,
        toleranceSeconds,
        now,
      });
      return true;
    } catch (error) {
      if (SignatureError.isInstance(error) || ConfigurationError.isInstance(error)) return false;
      throw error;
    }
  });
}

const manySecrets: Cause = {
  code: "many_secrets",
  message: "The body is too large to try all secrets: verify with the right one alone",
};

function wrongTime({ headers }: Captured, error: SignatureError): Cause {
  const timestamp = Number((headers["webhook-timestamp"] ?? headers["svix-timestamp"])?.[0]);
  if (timestamp > 100_000_000_000) {
    const message = "The signature matches, but the timestamp is in milliseconds and must be in seconds";
    return { code: "milliseconds", message };
  }
  const clocks =
    error.code === "timestamp_too_old"
      ? "the message was captured earlier, or the sender's clock is slow or this one fast"
      : "the sender's clock is fast or this one slow";
  return { code: "clock", message: `The signature matches, but not the time: ${clocks}` };
}

/** Yields the unchanged message, and then variants that correct mistakes in the secret or in the signature header. */
function* otherSecrets(captured: Captured): Generator<readonly [Cause | undefined, Captured]> {
  yield [undefined, captured];
  const { secretEncoding } = captured;
  if (secretEncoding !== "auto") {
    const used = secretEncoding === "base64" ? "undecoded (utf8)" : "decoded (base64)";
    const message = `The sender uses the secret ${used}, and SESSIONHOOK_SECRET_ENCODING is ${secretEncoding}`;
    yield [
      { code: "secret_encoding", message },
      { ...captured, secretEncoding: "auto" },
    ];
  }
  for (const { where, secrets } of captured.elsewhere) {
    const message = `It was signed with a secret of ${where}, not with the one that was given`;
    yield [
      { code: "other_secret", message },
      { ...captured, secrets, secretEncoding: "auto" },
    ];
  }
}

/** Finds signatures of one scheme and only secrets of the other. */
function otherScheme({ headers, secrets }: Captured): Cause | undefined {
  const header = [...(headers["webhook-signature"] ?? headers["svix-signature"] ?? [])].join(" ");
  const has = { v1: /(?:^|[ ,])v1,/.test(header), v1a: /(?:^|[ ,])v1a,/.test(header) };
  const hmac = secrets.some((secret) => secret.trim().startsWith("whsec_"));
  const keys = secrets.some((secret) => secret.trim().startsWith("whpk_"));
  if (has.v1a && !has.v1 && !keys) {
    const message =
      "The message has ed25519 signatures (v1a) only: they need the sender's public key (whpk_…)";
    return { code: "other_scheme", message };
  }
  if (has.v1 && !has.v1a && !hmac) {
    const message = "The message has HMAC signatures (v1) only: they need the shared secret (whsec_…)";
    return { code: "other_scheme", message };
  }
  if (!has.v1 && !has.v1a) {
    return {
      code: "other_scheme",
      message: "The signature header has no signature of a known version (v1, v1a)",
    };
  }
  return undefined;
}

/** Finds headers that belong to another message than the body. */
function otherMessage({ body, headers }: Captured): Cause | undefined {
  try {
    const { id } = JSON.parse(new TextDecoder().decode(body)) as { id?: unknown };
    const sent = (headers["webhook-id"] ?? headers["svix-id"])?.[0];
    if (typeof id !== "string" || id === sent) return undefined;
    const message = "The body has another id than the headers: they may be of two messages";
    return { code: "other_message", message };
  } catch {
    return undefined;
  }
}
