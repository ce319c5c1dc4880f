import { VisibleText, visibleText } from "./visible-text.js";

/** Longest text in a list: pages of 50 rows stay small, whatever the senders write. */
const maxLength = 120;

interface ShortProps {
  readonly text: string;
  readonly class?: string;
}

/**
 * Renders the beginning of a text of unknown origin in one line; the tooltip has more of it. `bdi` keeps its direction
 * away from the text around it.
 */
export function Short({ text, class: classes }: ShortProps) {
  return (
    <bdi class={classes} title={text.length > 28 ? visibleText(cut(text, 300)) : undefined}>
      <VisibleText text={cut(text, maxLength)} />
    </bdi>
  );
}

/** Returns at most `max` UTF-16 code units, never half a character. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  const last = text.charCodeAt(max - 1);
  return `${text.slice(0, last >= 0xd800 && last <= 0xdbff ? max - 1 : max)}…`;
}
