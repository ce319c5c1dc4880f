import { webAddress } from "../visits/address.js";
import { cut } from "./short.js";
import { VisibleText } from "./visible-text.js";

interface OutsideLinkProps {
  readonly url: string;
  /** Default: the address. */
  readonly text?: string;
}

/** Renders a received address as a link if it is one of the web, otherwise as text. The other site learns nothing of the inbox. */
export function OutsideLink({ url, text = url }: OutsideLinkProps) {
  const href = webAddress(url);
  const shown = <VisibleText text={cut(text, 200)} />;
  if (href === undefined) return <span>{shown}</span>;
  return (
    <a class="outside" href={href} rel="noreferrer noopener nofollow" target="_blank">
      {shown}
      <span aria-hidden="true"> ↗</span>
      <span class="visually-hidden">, opens another site</span>
    </a>
  );
}
