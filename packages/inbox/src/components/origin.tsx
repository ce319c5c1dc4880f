import type { Touch } from "@sessionhook/core";
import { Short } from "./short.js";

/** Renders where a visit came from: source and medium, then campaign or referrer. */
export function Origin({ touch }: { readonly touch: Touch }) {
  const { source, medium, campaign, referrer } = touch;
  const second = campaign ?? (referrer === source ? null : referrer);
  return (
    <>
      <span class="first">
        {source === null ? "Direct" : <Short text={source} />}
        {medium !== null && (
          <span class="medium">
            <Short text={medium} />
          </span>
        )}
      </span>
      {second !== null && (
        <span class="second">
          <Short text={second} />
        </span>
      )}
    </>
  );
}
