const p = 2n ** 255n - 19n;
const d = 37095705934669439343138083508754565189542113879843219016388785533085940283555n;
const rootOfMinusOne = 19681161376707505956807079304988542015446066515923890162744021073123829784752n;
/** The order of the base point (RFC 8032, section 5.1), and so of every key that was made as specified. */
const order = 2n ** 252n + 27742317777372353535851937790883648493n;
/** The y coordinate of four of the points of order 8. */
const yOfOrder8 = 2707385501144840649318225287225658788936804267575313519463743609750303402022n;
/** The y coordinates of the eight points of small order. */
const smallOrderY: ReadonlySet<bigint> = new Set([0n, 1n, p - 1n, yOfOrder8, p - yOfOrder8]);

/** Extended coordinates (RFC 8032, section 5.1.4): x = X/Z, y = Y/Z, xy = T/Z. */
type Point = readonly [X: bigint, Y: bigint, Z: bigint, T: bigint];
const neutral: Point = [0n, 1n, 1n, 0n];

/**
 * Returns why 32 bytes cannot serve as a public key, undefined where they can: they must be the canonical encoding of
 * a point (RFC 8032, section 5.1.3) that has the order of the base point. OpenSSL accepts any 32 bytes as a key. With a key
 * of small order everyone can sign, and libraries disagree about keys of mixed order (docs/decisions/0021).
 */
export function ed25519KeyFault(bytes: Uint8Array): string | undefined {
  const point = decode(littleEndian(bytes));
  if (point === undefined) return "is not a point of the curve";
  if (isNeutral(point) || !isNeutral(multiply(point, order))) return "is a point of small or mixed order";
  return undefined;
}

/**
 * Returns whether 64 bytes can be a signature: S is below the order (RFC 8032, section 5.1.7), and R has a canonical y
 * coordinate and no small order. Libraries disagree about the last; checking S here too costs less than the hash.
 */
export function isEd25519Signature(bytes: Uint8Array): boolean {
  const y = yOf(littleEndian(bytes));
  return y < p && !smallOrderY.has(y) && littleEndian(bytes, 32) < order;
}

function littleEndian(bytes: Uint8Array, offset = 0): bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset);
  return [24, 16, 8, 0].reduce((sum, at) => (sum << 64n) | view.getBigUint64(at, true), 0n);
}

function yOf(encoded: bigint): bigint {
  return encoded & ((1n << 255n) - 1n);
}

/** Returns the point with either sign of x, which does not affect its order; undefined if it is not canonical or not a point. */
function decode(encoded: bigint): Point | undefined {
  const y = yOf(encoded);
  if (y >= p) return undefined;
  const u = modulo(y * y - 1n);
  const v = modulo(d * y * y + 1n);
  const root = modulo(u * v ** 3n * power(modulo(u * v ** 7n), (p - 5n) / 8n));
  const square = modulo(v * root * root);
  if (square !== u && square !== modulo(-u)) return undefined;
  const x = square === u ? root : modulo(root * rootOfMinusOne);
  // Zero has no second root: its sign bit would be another encoding.
  return x === 0n && encoded >> 255n === 1n ? undefined : [x, y, 1n, modulo(x * y)];
}

function add([x1, y1, z1, t1]: Point, [x2, y2, z2, t2]: Point): Point {
  const a = (y1 - x1) * (y2 - x2);
  const b = (y1 + x1) * (y2 + x2);
  const c = 2n * d * modulo(t1 * t2);
  const e = 2n * z1 * z2;
  const [f, g, h, i] = [modulo(b - a), modulo(e - c), modulo(e + c), modulo(b + a)];
  return [modulo(f * g), modulo(h * i), modulo(g * h), modulo(f * i)];
}

function multiply(point: Point, factor: bigint): Point {
  let result = neutral;
  for (let doubled = point, left = factor; left > 0n; left >>= 1n, doubled = add(doubled, doubled)) {
    if ((left & 1n) === 1n) result = add(result, doubled);
  }
  return result;
}

function isNeutral([x, y, z]: Point): boolean {
  return x === 0n && y === z;
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (let square = base, left = exponent; left > 0n; left >>= 1n, square = modulo(square * square)) {
    if ((left & 1n) === 1n) result = modulo(result * square);
  }
  return result;
}

function modulo(value: bigint): bigint {
  const rest = value % p;
  return rest < 0n ? rest + p : rest;
}
