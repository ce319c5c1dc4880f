import type { DerivationStatus } from "@sessionhook/core";
import { formatCount, formatPlural } from "../format/number.js";
import { isBehind } from "../status/findings.js";
import { Command } from "./command.js";
import { Link } from "./link.js";

/** Renders which events are missing in the derived tables, and what to do; nothing if none are missing. */
export function DerivationNote({ status, now }: { readonly status: DerivationStatus; readonly now: number }) {
  const { rebuild, incomplete, lag } = status;
  if (isBehind(status, now)) {
    return (
      <p class="notice">
        This list is behind: {formatPlural(lag, "event")} {lag === 1 ? "is" : "are"} not in it yet. See{" "}
        <Link to="/status">Status</Link>.
      </p>
    );
  }
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
      Older events are not in this list yet, or only in part. Run <Command args="derive rebuild" />, while the
      server runs, to read them.
    </p>
  );
}
