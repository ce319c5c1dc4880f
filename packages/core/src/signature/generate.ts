import { ed25519PublicKeyOf } from "#crypto";
import { ConfigurationError } from "../errors.js";
import { encodeBase64 } from "./base64.js";
import { maxSecretBytes, minSecretBytes } from "./secret.js";

/** Fills an array with random bytes; the default is the runtime's cryptographic generator. */
export type RandomFill = (bytes: Uint8Array<ArrayBuffer>) => Uint8Array;

const systemRandom: RandomFill = (bytes) => crypto.getRandomValues(bytes);

/**
 * A new HMAC signing secret: `whsec_` and the base64 of random bytes.
 * @param options.bytes 24 to 64, default 32
 * @throws ConfigurationError `invalid_option` for another length
 */
export function generateSecret(options: { bytes?: number; random?: RandomFill } = {}): string {
  const length = options.bytes ?? 32;
  if (!Number.isInteger(length) || length < minSecretBytes || length > maxSecretBytes) {
    throw new ConfigurationError(
      "invalid_option",
      `A secret has ${minSecretBytes} to ${maxSecretBytes} bytes`,
    );
  }
  return `whsec_${encodeBase64((options.random ?? systemRandom)(new Uint8Array(length)))}`;
}

/** A new ed25519 key pair (RFC 8032): the sender signs with `whsk_…`, receivers verify with `whpk_…`. */
export function generateKeyPair(options: { random?: RandomFill } = {}): {
  secretKey: string;
  publicKey: string;
} {
  const seed = (options.random ?? systemRandom)(new Uint8Array(32));
  return {
    secretKey: `whsk_${encodeBase64(seed)}`,
    publicKey: `whpk_${encodeBase64(ed25519PublicKeyOf(seed))}`,
  };
}
