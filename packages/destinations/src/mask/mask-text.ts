import { decodeLayers, decoded } from "./decoded.js";
import { namedSecret } from "./named-secret.js";

const hidden = "***";

/** Forms of secrets and personal data that are masked wherever they appear. Each is linear in the length of the text. */
const patterns: readonly RegExp[] = [
  // Userinfo of a URL, and everything behind its host.
  /(?<=\bhttps?:\/\/)[^\s/@"'<>]{1,256}@/gi,
  /(?<=\bhttps?:\/\/[^\s/?#"'<>]{1,256})[/?#][^\s"'<>]*/gi,
  /[^\s@<>"'(),:;=&]{1,64}(?:@|%40|\\u0040|&#64;|&#x40;)[a-z0-9.-]{1,255}/gi,
  namedSecret,
  /\b(?:bearer|basic|token|digest)\s+[\w+/=.~-]{4,}/gi,
  /\b(?:wh(?:sec|sk|pk)_|xox[a-z]-|eyJ|sk[_-]|pat-)[\w+/=.-]+/g,
  /\bv1a?,[\w+/=-]+/g,
  /[\w+/=-]{32,}/g,
  // Telephone numbers.
  /\+?\d[\d ().-]{6,}\d/g,
];

/** The end of a text that was cut can be the beginning of a secret. */
const endChars = 256;

/**
 * Masks the given texts, and everything that looks like a secret or an address. A peer may encode what it repeats, so
 * they are searched in the text and in what it is after each layer of encodings; with too many layers all is hidden.
 * The end of a text that was `cut` is left out.
 */
export function maskText(text: string, cut: boolean, secrets: Iterable<string>): string {
  const { layers, complete } = decodeLayers(text);
  if (!complete) return hidden;
  const searched = [...expressionsOf(secrets), ...patterns];
  const places = layers
    .flatMap((layer) => searched.flatMap((expression) => [...layer.places(expression)]))
    .sort(([a], [b]) => a - b);
  const end = (cut ? layers.at(-1)?.beforeLast(endChars) : undefined) ?? text.length;
  const shown: string[] = [];
  let at = 0;
  for (const [from, to] of places) {
    if (from >= end) break;
    if (from > at || at === 0) shown.push(text.slice(at, from), hidden);
    at = Math.max(at, to);
  }
  shown.push(text.slice(at, end));
  return shown.join("").toWellFormed();
}

/** Long texts are searched in pieces of this length, because an answer may repeat only a part. */
const pieceLength = 32;
const maxForms = 4000;

/** Returns regular expressions for the texts as they are and decoded; the longest first. */
function expressionsOf(secrets: Iterable<string>): RegExp[] {
  const forms = new Set<string>();
  for (const secret of secrets) {
    const text = secret.toWellFormed().normalize("NFC");
    for (const form of new Set([text, decoded(text)])) {
      for (const piece of pieces(form.trim())) {
        if (piece.length >= 2 && forms.size < maxForms) forms.add(piece);
      }
    }
  }
  const sorted = [...forms].sort((a, b) => b.length - a.length).map(expression);
  // In groups: V8 compiles an expression with a long list so slowly that it costs as much as a search for each text.
  const groups: RegExp[] = [];
  for (let at = 0; at < sorted.length; at += 200)
    groups.push(new RegExp(sorted.slice(at, at + 200).join("|"), "giu"));
  return groups;
}

function* pieces(text: string): Generator<string> {
  if (text.length <= 2 * pieceLength) {
    yield text;
    return;
  }
  for (let at = 0; at < text.length; at += pieceLength) yield text.slice(at, at + pieceLength).toWellFormed();
}

/** Masks a short text only as a separate word, a longer one inside words too. A form has "+" instead of a space. */
function expression(form: string): string {
  const literal = form
    .replaceAll(/[$()*+.?[\\\]^{|}/]/g, String.raw`\$&`)
    .replaceAll(/\s/g, String.raw`[\s+]`);
  return form.length < 6 ? String.raw`(?<![\p{L}\p{N}])${literal}(?![\p{L}\p{N}])` : literal;
}
