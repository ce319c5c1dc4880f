import { Command } from "./command.js";
import type { ErasureReport } from "@sessionhook/core";
import { formatPlural } from "../format/number.js";
import { DataNumbers, DeliveredTo } from "./data-numbers.js";
import { Time } from "./time.js";

/** Renders what an erasure removed. */
export function ErasureResult({ report }: { readonly report: ErasureReport }) {
  const { at, cancelled, tombstones, remainingPeople } = report;
  return (
    <section class="panel" aria-labelledby="erased">
      <h2 id="erased">Erased</h2>
      <p class="words" role="status">
        <Time at={at} />: the rows are removed and their bytes overwritten.{" "}
        {formatPlural(cancelled, "open delivery", "open deliveries")} cancelled,{" "}
        {formatPlural(tombstones, "tombstone")} left.
      </p>
      <DataNumbers counts={report} />
      {remainingPeople > 0 && (
        <p class="words">
          {formatPlural(remainingPeople, "person remains", "people remain")}, because other events have them.
          To erase these too, search by the LinkedIn profile or another address.
        </p>
      )}
      <DeliveredTo names={report.deliveredTo} />
      <p class="note">
        Backups made before still have the data. <Command args="restore" /> erases it in a restored one.
      </p>
    </section>
  );
}
