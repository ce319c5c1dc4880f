const kib = 1024;

/**
 * The work that one message may cost, whatever its header says. HMAC: 4 MiB of body hashed, one pass a key. Ed25519:
 * 2 MiB, one pass a signature and key, where the arithmetic of a check counts as another 48 KiB. Either takes
 * node:crypto 2 to 5 ms. Bodies too large for that still get the least: what an ordinary rotation needs.
 */
const limits = {
  v1: { bytes: 4 * kib * kib, more: 0, least: 4 },
  v1a: { bytes: 2 * kib * kib, more: 48 * kib, least: 2 },
} as const;

/**
 * Returns how many checks of a scheme one message may cost.
 * @param bodyBytes size of its body
 * @param schemes how many schemes there is something to check of: they share the work
 */
export function allowedChecks(scheme: keyof typeof limits, bodyBytes: number, schemes: 1 | 2): number {
  const { bytes, more, least } = limits[scheme];
  return Math.floor(Math.max(least, bytes / (bodyBytes + more)) / schemes);
}
