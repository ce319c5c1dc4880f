import type { RebuildProgress as Progress } from "@sessionhook/core";
import { formatCount } from "../format/number.js";
import { formatShare } from "../format/share.js";
import { Time } from "./time.js";

/** Renders how far a rebuild of the derived tables is. */
export function RebuildProgress({ progress, now }: { readonly progress: Progress; readonly now: number }) {
  const { read, total, startedAt } = progress;
  return (
    <div class="rebuild">
      <label for="rebuild">Rebuild</label>
      <progress id="rebuild" max={Math.max(1, total)} value={Math.min(read, total)}>
        {formatShare(read, total)}
      </progress>
      <p class="note">
        {formatCount(read)} of {formatCount(total)} events, {formatShare(read, total)}. Started{" "}
        <Time at={startedAt} now={now} />
      </p>
    </div>
  );
}
