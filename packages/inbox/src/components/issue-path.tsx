import { cut } from "./short.js";
import { VisibleText } from "./visible-text.js";

/** Renders the path of an issue, or the beginning of a long one. */
export function IssuePath({ path }: { readonly path: string }) {
  return path === "" ? (
    <>the whole body</>
  ) : (
    <span class="code">
      <VisibleText text={cut(path, 200)} />
    </span>
  );
}
