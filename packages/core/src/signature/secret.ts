import {
  type Ed25519PublicKey,
  type Ed25519SecretKey,
  type HmacKey,
  importEd25519PublicKey,
  importEd25519SecretKey,
  importHmacKey,
} from "#crypto";
import { ConfigurationError } from "../errors.js";
import { decodeBase64, decodeLooseBase64 } from "./base64.js";
import { ed25519KeyFault } from "./ed25519-point.js";
import { secretLeftoverOf } from "./leftover.js";

/**
 * Conversion of the text after `whsec_` to the key: `base64` decodes it (Standard Webhooks), `utf8` uses its
 * characters literally (the sample in the provider's documentation), `auto` accepts either when verifying, including
 * base64 without padding or in the URL-safe alphabet, and signs with the decoded bytes if the text
 * is canonical base64.
 */
export type SecretEncoding = "auto" | "base64" | "utf8";

export interface SecretOptions {
  /** Default `auto`. */
  readonly secretEncoding?: SecretEncoding | undefined;
  /** Accept HMAC secrets under the 24 bytes that the specification requires. Default false. */
  readonly allowShortSecrets?: boolean | undefined;
}

/** Bounds of an HMAC key, in bytes: Standard Webhooks 1.0.0, "Signature scheme". */
export const minSecretBytes = 24;
export const maxSecretBytes = 64;
/** Length of the base64 text of 64 bytes, for secrets that are used undecoded. */
const maxSecretText = 88;

const absentLike = /^(?:undefined|null|none|nan|true|false|\[object \w+\])$/i;
const utf8 = new TextEncoder();

export type VerificationKeys =
  /** The readings of one `whsec_` secret, the likelier first. */
  | { readonly scheme: "v1"; readonly hmac: readonly HmacKey[] }
  | { readonly scheme: "v1a"; readonly publicKey: Ed25519PublicKey };

export type SignatureKey =
  | { readonly scheme: "v1"; readonly hmac: HmacKey }
  | { readonly scheme: "v1a"; readonly secretKey: Ed25519SecretKey };

function refuse(message: string): never {
  throw new ConfigurationError("invalid_secret", message);
}

const toVerify = "whsec_ (HMAC) or whpk_ (ed25519 public key)";
const toSign = "whsec_ (HMAC) or whsk_ (ed25519 secret key)";

/** Checks the format that all secrets share and returns the text after the prefix. Errors never quote the secret. */
function split(secret: unknown, wanted: string): { prefix: string; text: string } {
  if (typeof secret !== "string")
    refuse(`A signing secret must be a text, not ${secret === null ? "null" : typeof secret}`);
  const trimmed = secret.trim();
  const match = /^(whsec_|whpk_|whsk_)(.*)$/s.exec(trimmed);
  const leftover = secretLeftoverOf(trimmed);
  if (leftover !== undefined && !absentLike.test(match?.[2] ?? trimmed))
    refuse(`The signing secret ${leftover}`);
  if (match === null) {
    const seen =
      trimmed === "" ? "is empty" : absentLike.test(trimmed) ? "is not set" : "has no known prefix";
    refuse(`The signing secret ${seen}: it must start with ${wanted}`);
  }
  const [, prefix = "", text = ""] = match;
  if (text === "" || absentLike.test(text))
    refuse(`The signing secret has nothing but a placeholder behind ${prefix}`);
  if (/wh(?:sec|pk|sk)_/.test(text))
    refuse("The signing secret has a second one in it: give them as separate ones");
  if (!/^[\x21-\x7e]+$/.test(text))
    refuse("The signing secret contains white space or characters outside ASCII");
  return { prefix, text };
}

function checkLength(length: number, longest: number, options: SecretOptions): void {
  if (length > longest)
    refuse(`The signing secret is too long: ${length} bytes, at most ${longest} are allowed`);
  if (!isLongEnough(length, options)) {
    refuse(
      `The signing secret is too short: ${length} bytes, the specification asks for ${minSecretBytes} to ${maxSecretBytes}. ` +
        "If the sender really issued it, use allowShortSecrets: true to allow short secrets explicitly",
    );
  }
}

function isLongEnough(length: number, options: SecretOptions): boolean {
  return length >= (options.allowShortSecrets === true ? 1 : minSecretBytes);
}

const encodings: ReadonlySet<unknown> = new Set<SecretEncoding>(["auto", "base64", "utf8"]);

function checkEncoding({ secretEncoding = "auto" }: SecretOptions): void {
  if (encodings.has(secretEncoding)) return;
  throw new ConfigurationError("invalid_option", "secretEncoding must be auto, base64 or utf8");
}

/** Returns the keys that a `whsec_` text can mean under the given encoding, the likelier first. */
function hmacReadings(text: string, options: SecretOptions): Uint8Array[] {
  const encoding = options.secretEncoding ?? "auto";
  const decoded = encoding === "utf8" ? undefined : decodeBase64(text);
  if (encoding === "base64" && decoded === undefined)
    refuse("The signing secret is not base64 behind whsec_");
  if (decoded === undefined) {
    checkLength(text.length, maxSecretText, options);
    const loose = encoding === "auto" ? decodeLooseBase64(text) : undefined;
    return loose !== undefined && isLongEnough(loose.length, options)
      ? [utf8.encode(text), loose]
      : [utf8.encode(text)];
  }
  checkLength(decoded.length, maxSecretBytes, options);
  return encoding === "auto" ? [decoded, utf8.encode(text)] : [decoded];
}

/** @throws ConfigurationError `invalid_secret`, `invalid_option` for an unknown encoding */
export function readVerificationSecret(secret: unknown, options: SecretOptions): VerificationKeys {
  checkEncoding(options);
  const { prefix, text } = split(secret, toVerify);
  if (prefix === "whsk_")
    refuse("This is an ed25519 secret key (whsk_); to verify, give the public key (whpk_)");
  if (prefix === "whsec_") return { scheme: "v1", hmac: hmacReadings(text, options).map(importHmacKey) };
  const raw = decodeBase64(text);
  if (raw?.length !== 32) refuse("The ed25519 public key is not base64 of 32 bytes behind whpk_");
  const fault = ed25519KeyFault(raw);
  if (fault !== undefined) refuse(`The ed25519 public key ${fault}`);
  return { scheme: "v1a", publicKey: importEd25519PublicKey(raw) };
}

/** @throws ConfigurationError `invalid_secret`, `invalid_option` for an unknown encoding */
export function readSigningSecret(secret: unknown, options: SecretOptions): SignatureKey {
  checkEncoding(options);
  const { prefix, text } = split(secret, toSign);
  if (prefix === "whpk_")
    refuse("This is an ed25519 public key (whpk_); to sign, give the secret key (whsk_)");
  if (prefix === "whsec_")
    return { scheme: "v1", hmac: importHmacKey(hmacReadings(text, options)[0] as Uint8Array) };
  const raw = decodeBase64(text);
  // 32 bytes: the seed. 64: the seed followed by the public key, as libsodium and Go write it.
  if (raw?.length !== 32 && raw?.length !== 64)
    refuse("The ed25519 secret key is not base64 of 32 or 64 bytes behind whsk_");
  return { scheme: "v1a", secretKey: importEd25519SecretKey(raw.subarray(0, 32)) };
}
