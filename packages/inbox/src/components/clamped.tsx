import { VisibleText, visibleText } from "./visible-text.js";

/** Shows at most two lines of a text; the tooltip and the page of the row show all of it. */
export function Clamped({ text, path = false }: { readonly text: string; readonly path?: boolean }) {
  const long = text.length > 40;
  const classes = [...(long ? ["clamp"] : []), ...(path ? ["path"] : [])].join(" ");
  return (
    <span class={classes === "" ? undefined : classes} title={long ? visibleText(text) : undefined}>
      <VisibleText text={text} />
    </span>
  );
}
