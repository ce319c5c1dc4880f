import { VisibleText } from "./visible-text.js";

/** Renders the path of a page: from left to right, also if its letters are of a script from right to left. */
export function Path({ text }: { readonly text: string }) {
  return (
    <span class="path">
      <VisibleText text={text} />
    </span>
  );
}
