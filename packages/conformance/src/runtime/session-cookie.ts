import { createHmac, hkdfSync } from "node:crypto";

const name = "sessionhook_session";

/** A cookie of the inbox as a browser sends it: `v1:<expiry in Unix milliseconds>.<signature>`, URL-encoded. */
export function sessionCookie(value: string, signature: string): string {
  return `${name}=${encodeURIComponent(`${value}.${signature}`)}`;
}

/** The signature of a value, as the inbox makes it for an admin token; by hand, not with the inbox's own code. */
export function sessionSignature(value: string, adminToken: string): string {
  const key = hkdfSync("sha256", adminToken, "", "sessionhook inbox session v1", 32);
  return createHmac("sha256", new Uint8Array(key)).update(value).digest("base64");
}
