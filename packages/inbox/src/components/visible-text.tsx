/** Returns the pattern for runs of characters to write out, but for those in `kept`, a part of a character class. */
function hiddenBut(kept: string): RegExp {
  // Control, format and bidi characters, lone surrogates, line separators. Not joiners: some scripts and emoji need them.
  const invisible = `(?![\\u200c\\u200d${kept}])[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]`;
  // Combining marks after five others on the same letter, more than a script needs: they would cover the rows around them.
  const stacked = "[\\u200c\\u200d](?<=[\\u200c\\u200d]{3})|\\p{M}(?<=(?:\\p{M}[\\u200c\\u200d]{0,2}){6})";
  return new RegExp(`((?:${invisible}|${stacked})+)`, "u");
}

const [hidden, hiddenKeepingLines] = [hiddenBut(""), hiddenBut("\\n\\t")];
const maxMarks = 500;

const short: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/**
 * Renders a text of unknown origin. Writes out every character that is invisible, would reorder others or would cover other
 * lines, such as `⟨U+202E⟩`. `keepLines` leaves line breaks and tabs unchanged.
 */
export function VisibleText({
  text,
  keepLines = false,
}: {
  readonly text: string;
  readonly keepLines?: boolean;
}) {
  const parts = text.split(keepLines ? hiddenKeepingLines : hidden);
  if (parts.length === 1) return <>{text}</>;
  return (
    <>
      {parts.map((part, index) => {
        if (index % 2 === 0) return part;
        return index < maxMarks * 2 ? <span class="hidden-character">{nameAll(part)}</span> : nameAll(part);
      })}
    </>
  );
}

/** Returns the visible form as plain text, for attributes and titles. */
export function visibleText(text: string): string {
  return text
    .split(hidden)
    .map((part, index) => (index % 2 === 0 ? part : nameAll(part)))
    .join("");
}

function nameAll(characters: string): string {
  return characters.replaceAll(/(\p{M})\1+|./gsu, (run, mark?: string) =>
    mark === undefined
      ? (short[run] ?? codePointName(run))
      : codePointName(mark).replace("⟩", ` × ${run.length / mark.length}⟩`),
  );
}

function codePointName(character: string): string {
  const hex = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  return `⟨U+${hex}⟩`;
}
