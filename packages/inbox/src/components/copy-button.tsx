import { useHref } from "./link.js";

interface CopyButtonProps {
  /** The name of the text, as in "Copy message id". */
  readonly what: string;
  /** The text to copy. */
  readonly text?: string;
  /** A path of the inbox that answers with the text to copy. */
  readonly from?: string;
  /** Shows the name of the text; otherwise only assistive technology reads it. */
  readonly labelled?: boolean;
}

/** Renders a button that copies a text. Hidden unless the script runs and the browser permits copying. */
export function CopyButton({ what, text, from, labelled = false }: CopyButtonProps) {
  const href = useHref(from ?? "/");
  const source =
    from === undefined
      ? { "data-copy": encodeURIComponent((text ?? "").toWellFormed()) }
      : { "data-copy-from": href };
  return (
    <button
      type="button"
      class={labelled ? "copy" : "copy small"}
      hidden
      data-copied={`Copied ${what}`}
      {...source}
    >
      <span data-label>{labelled ? `Copy ${what}` : "Copy"}</span>
      {!labelled && <span class="visually-hidden"> {what}</span>}
    </button>
  );
}
