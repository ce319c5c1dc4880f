import { createHash } from "node:crypto";

/** Returns the stored form of a cooldown's key: a hash, because the key is the address or the name of a person. */
export function storedKeyOf(key: string): string {
  return createHash("sha256").update(key).digest("base64url");
}
