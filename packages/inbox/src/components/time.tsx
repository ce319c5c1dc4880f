import { formatRelative, formatUtc, toIso } from "../format/time.js";

/** Renders an instant in UTC and, with `now`, how long ago it was. Both are Unix milliseconds. */
export function Time({ at, now }: { readonly at: number; readonly now?: number }) {
  const iso = toIso(at);
  if (iso === undefined) return <>{formatUtc(at)}</>;
  return (
    <>
      <time datetime={iso}>{formatUtc(at)}</time>
      {now !== undefined && (
        <>
          {" "}
          <span class="ago">{formatRelative(at, now)}</span>
        </>
      )}
    </>
  );
}
