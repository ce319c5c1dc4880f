import type { Touch } from "@sessionhook/core";
import { Short } from "./short.js";

/** Renders where a visit came from: source and medium, then campaign or referrer. */
export function Origin({ touch }: { readonly touch: Touch }) {
  const { source, medium, campaign, referrer } = touch;
  const second = campaign ?? (referrer === source ? null : referrer);
  return (
    <>
      {medium === null ? (
        <Short text={source ?? "Direct"} />
      ) : (
        <span class="first">
          <Short text={source ?? "Direct"} /> <Short class="sub" text={medium} />
        </span>
      )}
      {second !== null && <Short class="sub" text={second} />}
    </>
  );
}
