import { Buffer } from "node:buffer";
import { createHmac } from "node:crypto";
import { constantTimeEqual } from "@sessionhook/core";
import type { Captured, Cause } from "./captured.js";

/** Finds mistakes of a sender that computes HMACs without a library: another key, or other content than `{id}.{timestamp}.{body}`. */
export function signedOtherwise({ body, headers, secrets }: Captured): Cause | undefined {
  const header = (end: string) => headers[`webhook-${end}`] ?? headers[`svix-${end}`] ?? [];
  const given = header("signature").flatMap((value) => value.split(/[ ,]+/));
  const content = Buffer.concat([Buffer.from(`${header("id")[0]}.${header("timestamp")[0]}.`), body]);
  const matches = (key: Buffer, signed: Uint8Array): boolean => {
    const digest = createHmac("sha256", key).update(signed).digest();
    const spellings = [digest.toString("base64"), digest.toString("hex"), digest.toString("base64url")];
    return given.some((text) => spellings.some((spelling) => constantTimeEqual(text, spelling)));
  };
  for (const secret of secrets.map((text) => text.trim()).filter((text) => text.startsWith("whsec_"))) {
    const text = secret.slice("whsec_".length);
    const keys = [Buffer.from(text, "base64"), Buffer.from(text)];
    if (matches(Buffer.from(secret), content)) {
      const message = "The sender uses the whole secret as the key; the prefix whsec_ is not part of it";
      return { code: "prefix_in_key", message };
    }
    if (keys.some((key) => matches(key, body))) {
      const message = "The sender signs only the body; Standard Webhooks signs {id}.{timestamp}.{body}";
      return { code: "body_alone", message };
    }
    if (keys.some((key) => matches(key, content))) {
      const message =
        "The signature is correct but has the wrong form; it must be v1, and the base64 of 32 bytes";
      return { code: "spelling", message };
    }
  }
  return undefined;
}
