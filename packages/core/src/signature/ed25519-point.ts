const p = 2n ** 255n - 19n;
const d = 37095705934669439343138083508754565189542113879843219016388785533085940283555n;

/**
 * Whether 32 bytes are the canonical encoding of a point of the curve (RFC 8032, section 5.1.3). OpenSSL
 * takes any 32 bytes as a key and then verifies nothing with it: a typing error would show much later.
 */
export function isEd25519Point(bytes: Uint8Array): boolean {
  const encoded = bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  const y = encoded & ((1n << 255n) - 1n);
  if (y >= p) return false;
  // x² = u / v has a root exactly where u · v is a square.
  const u = modulo(y * y - 1n);
  const v = modulo(d * y * y + 1n);
  if (u === 0n) return encoded >> 255n === 0n;
  return power(modulo(u * v), (p - 1n) / 2n) === 1n;
}

function modulo(value: bigint): bigint {
  const rest = value % p;
  return rest < 0n ? rest + p : rest;
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (let square = base, left = exponent; left > 0n; left >>= 1n, square = modulo(square * square)) {
    if ((left & 1n) === 1n) result = modulo(result * square);
  }
  return result;
}
