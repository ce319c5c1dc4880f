/** Escapes of URLs, of JavaScript's `escape`, of JSON and of HTML. */
const escape =
  /(?<bytes>(?:%[0-9a-f]{2})+)|(?:%u|\\u)(?<unit>[0-9a-f]{4})|\\(?<char>[\\/"'nrtbf])|&#(?:x(?<hex>[0-9a-f]{1,6})|(?<decimal>\d{1,7}));|&(?<name>commat|amp|period|plus|lowbar|sol);/giu;

const controls: Record<string, string> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };
const named: Record<string, string> = {
  commat: "@",
  amp: "&",
  period: ".",
  plus: "+",
  lowbar: "_",
  sol: "/",
};

/** The limit bounds the cost of a hostile text: every layer is read once. */
const maxLayers = 16;

const decoder = new TextDecoder();

/**
 * Yields a text and what remains of it after each layer of escapes, such as of a URL in the parameter of another one, or of JSON in
 * JSON: 16 layers at most.
 */
export function* layersOf(text: string): Generator<string> {
  let layer = text;
  for (let depth = 0; depth <= maxLayers; depth++) {
    yield layer;
    const next = layer.replaceAll(escape, decoded);
    if (next === layer) return;
    layer = next;
  }
}

function decoded(escaped: string, ...rest: readonly unknown[]): string {
  const { bytes, unit, char, hex, decimal, name } = rest.at(-1) as Record<string, string | undefined>;
  if (bytes !== undefined) {
    return decoder.decode(Uint8Array.from(bytes.slice(1).split("%"), (byte) => Number.parseInt(byte, 16)));
  }
  if (unit !== undefined) return String.fromCharCode(Number.parseInt(unit, 16));
  if (char !== undefined) return controls[char.toLowerCase()] ?? char;
  if (name !== undefined) return named[name.toLowerCase()] ?? escaped;
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  return code <= 0x10_ff_ff ? String.fromCodePoint(code) : escaped;
}
