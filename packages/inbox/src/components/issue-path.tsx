import { VisibleText } from "./visible-text.js";

/** Renders the path of an issue. */
export function IssuePath({ path }: { readonly path: string }) {
  return path === "" ? (
    <>the whole body</>
  ) : (
    <span class="code">
      <VisibleText text={path} />
    </span>
  );
}
