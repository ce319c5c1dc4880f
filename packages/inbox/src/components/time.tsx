import { formatRelative, formatUtc, toIso } from "../format/time.js";

/** An instant, absolute in UTC, and how long ago that was where `now` is given. */
export function Time({ at, now }: { readonly at: number; readonly now?: number }) {
  const iso = toIso(at);
  if (iso === undefined) return <>{formatUtc(at)}</>;
  return (
    <>
      <time datetime={iso}>{formatUtc(at)}</time>
      {now !== undefined && <span class="ago"> {formatRelative(at, now)}</span>}
    </>
  );
}
