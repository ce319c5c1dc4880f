import { VisibleText, visibleText } from "./visible-text.js";

/** Shows at most two lines of a text; the tooltip and the page of the row show all of it. */
export function Clamped({ text }: { readonly text: string }) {
  const long = text.length > 40;
  return (
    <span class={long ? "clamp" : undefined} title={long ? visibleText(text) : undefined}>
      <VisibleText text={text} />
    </span>
  );
}
