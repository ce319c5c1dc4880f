const hidden = "***";

/** Forms of secrets and personal data that are masked wherever they appear. Each is linear in the length of the text. */
const patterns: readonly RegExp[] = [
  // Userinfo of a URL, and everything behind its host.
  /(?<=\bhttps?:\/\/)[^\s/@"'<>]{1,256}@/gi,
  /(?<=\bhttps?:\/\/[^\s/?#"'<>]{1,256})[/?#][^\s"'<>]*/gi,
  /[^\s@<>"'(),:;=&]{1,64}(?:@|%40|\\u0040|&#64;|&#x40;)[a-z0-9.-]{1,255}/gi,
  /\b(?:bearer|basic|token|digest)\s+[\w+/=.~-]{4,}/gi,
  /\b(?:wh(?:sec|sk|pk)_|xox[a-z]-|eyJ|sk[_-]|pat-)[\w+/=.-]+/g,
  /\bv1a?,[\w+/=-]+/g,
  /[\w+/=-]{32,}/g,
  // Telephone numbers.
  /\+?\d[\d ().-]{6,}\d/g,
];

/** Masks the given texts in all forms that an answer can have, and everything that looks like a secret or an address. */
export function maskText(text: string, secrets: Iterable<string>): string {
  let masked = text.toWellFormed();
  const forms = [...formsOf(secrets)];
  // In groups: V8 compiles an expression with a long list so slowly that it costs as much as a search for each text.
  for (let at = 0; at < forms.length; at += 200)
    masked = masked.replaceAll(new RegExp(forms.slice(at, at + 200).join("|"), "giu"), hidden);
  for (const pattern of patterns) masked = masked.replaceAll(pattern, hidden);
  return masked;
}

/** Long texts are searched in pieces of this length, because an answer may repeat only a part. */
const pieceLength = 32;
const maxForms = 4000;

/** Returns regular expressions for the texts: unchanged, in JSON, in a URL and in HTML; the longest first. */
function formsOf(secrets: Iterable<string>): Set<string> {
  const forms = new Set<string>();
  for (const secret of secrets) {
    const text = secret.trim().toWellFormed();
    for (const piece of pieces(text)) {
      if (piece.length < 2 || forms.size >= maxForms) continue;
      const json = JSON.stringify(piece).slice(1, -1);
      const ascii = json.replaceAll(/[^\x20-\x7e]/g, unicodeEscape);
      const html = piece.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
      const quoted = html.replaceAll('"', "&quot;").replaceAll("'", "&#39;");
      const url = encodeURIComponent(piece);
      const strict = url.replaceAll(/[!'()*]/g, percent);
      for (const form of [piece, json, ascii, html, quoted, url, strict, strict.replaceAll("%20", "+")])
        forms.add(expression(form));
    }
  }
  return new Set([...forms].sort((a, b) => b.length - a.length));
}

const unicodeEscape = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
const percent = (char: string) => `%${char.charCodeAt(0).toString(16)}`;

function* pieces(text: string): Generator<string> {
  if (text.length <= 2 * pieceLength) {
    yield text;
    return;
  }
  for (let at = 0; at < text.length; at += pieceLength) yield text.slice(at, at + pieceLength).toWellFormed();
}

/** Masks a short text only as a separate word, a longer one inside words too. */
function expression(form: string): string {
  const literal = form.replaceAll(/[$()*+.?[\\\]^{|}/]/g, String.raw`\$&`);
  return form.length < 6 ? String.raw`(?<![\p{L}\p{N}])${literal}(?![\p{L}\p{N}])` : literal;
}
