import { VisibleText, visibleText } from "./visible-text.js";

/** Longest text in a list: pages of 50 rows stay small, whatever the senders write. */
const maxLength = 120;

interface ShortProps {
  readonly text: string;
  readonly max?: number;
}

/** Renders the beginning of a text of unknown origin in one line; the tooltip has more of it. */
export function Short({ text, max = maxLength }: ShortProps) {
  const shown = cut(text, max);
  return (
    <span class="short" dir="auto" title={text.length > 24 ? visibleText(cut(text, 300)) : undefined}>
      <VisibleText text={shown} />
    </span>
  );
}

/** Returns at most `max` UTF-16 code units, never half a character. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  const last = text.charCodeAt(max - 1);
  return `${text.slice(0, last >= 0xd800 && last <= 0xdbff ? max - 1 : max)}…`;
}
