const kib = 1024;

/**
 * The work of one message, whatever its header says. HMAC: 8 MiB of body hashed, one pass a key. Ed25519: 2.25 MiB,
 * one pass a signature and key, where the arithmetic of a check counts as another 48 KiB. Either is about 5 ms of
 * node:crypto. A large body always gets the checks of an ordinary rotation.
 */
const limits = {
  v1: { bytes: 8 * kib * kib, more: 0, least: 4 },
  v1a: { bytes: 2304 * kib, more: 48 * kib, least: 2 },
} as const;

/** Returns how many checks of a scheme one message with a body of so many bytes may cost. */
export function allowedChecks(scheme: keyof typeof limits, bodyBytes: number): number {
  const { bytes, more, least } = limits[scheme];
  return Math.max(least, Math.floor(bytes / (bodyBytes + more)));
}
