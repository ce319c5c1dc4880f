/** An upper bound for every text: in SQLite any BLOB sorts after any TEXT. */
const aboveAllText = Uint8Array.of(0);

/**
 * Returns the range `from <= text < to` of all texts that begin with `prefix`, in SQLite's BINARY order (the order
 * of code points). No character is special.
 */
export function prefixRange(prefix: string): { readonly from: string; readonly to: string | Uint8Array } {
  const points = Array.from(prefix.toWellFormed(), (character) => character.codePointAt(0) ?? 0);
  while (points.at(-1) === 0x10ffff) points.pop();
  const last = points.pop();
  if (last === undefined) return { from: prefix, to: aboveAllText };
  // The code points after U+D7FF are surrogates, which text cannot contain.
  const next = last === 0xd7ff ? 0xe000 : last + 1;
  return { from: prefix, to: String.fromCodePoint(...points, next) };
}

/** SQL for the first nine characters of an id: `evt_` and five of a ULID, which the ids of about nine hours share. */
export function headOf(id: string): string {
  return `substr(${id}, 1, 9)`;
}
