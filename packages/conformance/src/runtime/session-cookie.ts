import { createHmac, hkdfSync } from "node:crypto";

/** Computes the key that the inbox derives from an admin token, without the inbox's own code. */
function derived(adminToken: string): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", adminToken, "", "sessionhook inbox session v2", 36));
}

/**
 * Returns a cookie of the inbox as a browser sends it: `v2:<end in Unix milliseconds>:<id>.<signature>`, URL-encoded. Its
 * name depends on the admin token.
 */
export function sessionCookie(value: string, signature: string, adminToken: string): string {
  const name = `sessionhook_session_${Buffer.from(derived(adminToken).slice(32)).toString("hex")}`;
  return `${name}=${encodeURIComponent(`${value}.${signature}`)}`;
}

/** Returns the signature of a value, as the inbox makes it for an admin token. */
export function sessionSignature(value: string, adminToken: string): string {
  return createHmac("sha256", derived(adminToken).slice(0, 32)).update(value).digest("base64");
}
