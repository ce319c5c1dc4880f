import type { DerivationStatus } from "@sessionhook/core";
import { formatCount } from "../format/number.js";

/** Says that events are missing in the derived tables, and what to do; nothing if none are. */
export function DerivationNote({ status }: { readonly status: DerivationStatus }) {
  const { rebuild, incomplete } = status;
  if (rebuild !== null && !rebuild.done) {
    return (
      <p class="notice">
        The tables are being rebuilt: {formatCount(rebuild.read)} of {formatCount(rebuild.total)} events are
        read. Until then, this page shows them as they were before.
      </p>
    );
  }
  if (!incomplete) return <></>;
  return (
    <p class="notice">
      Older events are not in this list yet. Run <code>npm run sessionhook -- derive rebuild</code>, while the
      server runs, to read them.
    </p>
  );
}
