/** Returns a number from 0 up to `below`. */
export type Random = (below: number) => number;

/** Tokens that are likely to expose faults of JSON readers, UTF-8 decoders and schemas. */
const tokens = [
  "null",
  "true",
  "{}",
  "[]",
  '""',
  "-0",
  "1e999",
  "1e-999",
  "9007199254740993",
  "NaN",
  ",",
  ":",
  '"',
  "{",
  "}",
  "[",
  "]",
  '"__proto__":',
  '"constructor":',
  '"type":',
  '"id":',
  '"data":',
  '"enrichment":null',
  '"identity.resolved"',
  '"identity.unheard.of"',
  "\\u0000",
  "\\ud800",
  "\\udc00",
  "\\",
  "\ufeff",
  "\u2028",
  "1771000000000",
  '"2025-02-14T22:25:08.123Z"',
  "[".repeat(2000),
].map((text) => Buffer.from(text));
const bytes = [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xe2, 0x82], [0x00]].map(
  (list) => Buffer.from(list),
);
const pieces = [...tokens, ...bytes];

/** Makes one to four small changes at random positions. */
export function mutateBytes(input: Buffer, others: readonly Buffer[], random: Random): Buffer {
  let result = input;
  for (let changes = 1 + random(4); changes > 0; changes--) result = change(result, others, random);
  return result.subarray(0, 20_000);
}

function change(input: Buffer, others: readonly Buffer[], random: Random): Buffer {
  const at = random(input.length + 1);
  const piece = pieces[random(pieces.length)] ?? Buffer.of();
  const length = random(Math.min(64, input.length + 1));
  const [head, tail] = [input.subarray(0, at), input.subarray(at)];
  switch (random(7)) {
    case 0:
      return Buffer.concat([head, piece, tail]);
    case 1:
      return Buffer.concat([head, piece, input.subarray(at + piece.length)]);
    case 2:
      return Buffer.concat([head, input.subarray(at + length)]);
    case 3:
      return Buffer.concat([head, tail.subarray(0, length), tail]);
    case 4: {
      const other = others[random(others.length)] ?? input;
      const from = random(other.length + 1);
      return Buffer.concat([head, other.subarray(from, from + 16 * length), tail]);
    }
    case 5:
      return Buffer.concat([head, Buffer.of(random(256)), input.subarray(at + 1)]);
    default: {
      const flipped = Buffer.from(input);
      if (at < flipped.length) flipped[at] = (flipped[at] ?? 0) ^ (1 << random(8));
      return flipped;
    }
  }
}
