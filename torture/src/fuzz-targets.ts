import { createHmac } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import {
  classifyEvent,
  parseEvent,
  SignatureError,
  SigningSecrets,
  verifySignature,
} from "@sessionhook/core";
import { secret } from "./apps.ts";

const key = Buffer.from(secret.slice(6), "base64");
const textKey = Buffer.from(secret.slice(6));
const secrets = new SigningSecrets(secret);
/** The time of every call, in Unix milliseconds, so that fuzzing does not depend on the clock. */
export const fuzzNow = 1_771_000_000_000;

/** Checks that `parseEvent` never throws and agrees with `classifyEvent`. Returns whether the bytes were accepted. */
export function fuzzParseEvent(body: Uint8Array): boolean {
  const result = parseEvent(body);
  if (!["accepted", "quarantined", "unrecognized"].includes(result.status))
    throw new Error("an unknown status");
  if (result.status === "accepted" && typeof JSON.parse(Buffer.from(body).toString()) !== "object")
    throw new Error("accepted a body that is not an object");
  if (result.status === "quarantined" && result.issues.length === 0)
    throw new Error("quarantined without an issue");
  if (result.status === "quarantined" && result.total < result.issues.length)
    throw new Error("more issues than their total");
  const { status } = result;
  const expected = status === "quarantined" ? result : { status, type: result.event.type };
  if (!isDeepStrictEqual(classifyEvent(body), expected))
    throw new Error("classifyEvent and parseEvent disagree");
  return status === "accepted";
}

/** `id \n timestamp \n signature \n body`: rejected with a SignatureError, or genuine by an HMAC computed here: true. */
export function fuzzVerifySignature(input: Uint8Array): boolean {
  const [id = "", timestamp = "", signature = "", ...rest] = Buffer.from(input)
    .toString("latin1")
    .split("\n");
  const body = Buffer.from(rest.join("\n"), "latin1");
  const headers = { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signature };
  try {
    verifySignature(body, { headers, secrets, now: fuzzNow });
  } catch (error) {
    if (SignatureError.isInstance(error)) return false;
    throw error;
  }
  const content = Buffer.concat([Buffer.from(`${id}.${timestamp}.`), body]);
  const proofs = new Set(
    [key, textKey].map((bytes) => createHmac("sha256", bytes).update(content).digest("base64")),
  );
  // An entry ends at a space, or at the comma with which a proxy joins several headers.
  const entries = signature.split(/[ ,]/);
  if (!entries.some((entry, i) => entry === "v1" && proofs.has(entries[i + 1] ?? "")))
    throw new Error("took a signature that does not prove it");
  if (!/^[0-9]+$/.test(timestamp) || Math.abs(Number(timestamp) * 1000 - fuzzNow) > 301_000)
    throw new Error("took a message of another time");
  return true;
}
