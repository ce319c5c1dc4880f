/** A bound above every text: in SQLite any BLOB sorts after any TEXT. */
const aboveAllText = Uint8Array.of(0);

/**
 * The texts that begin with `prefix` as a range `from <= text < to` in SQLite's BINARY order, which is
 * the order of code points. No character is special.
 */
export function prefixRange(prefix: string): { readonly from: string; readonly to: string | Uint8Array } {
  const points = Array.from(prefix.toWellFormed(), (character) => character.codePointAt(0) ?? 0);
  while (points.at(-1) === 0x10ffff) points.pop();
  const last = points.pop();
  if (last === undefined) return { from: prefix, to: aboveAllText };
  // The code points after U+D7FF are surrogates, which text cannot hold.
  const next = last === 0xd7ff ? 0xe000 : last + 1;
  return { from: prefix, to: String.fromCodePoint(...points, next) };
}

/** SQL for the first nine characters of an id: `evt_` and five of a ULID, which the ids of about nine hours share. */
export function headOf(id: string): string {
  return `substr(${id}, 1, 9)`;
}
