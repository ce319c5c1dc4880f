import { Command } from "./command.js";
import type { ErasureReport } from "@sessionhook/core";
import { formatPlural } from "../format/number.js";
import { DataNumbers, DeliveredTo } from "./data-numbers.js";
import { Time } from "./time.js";

/** Renders what an erasure removed. */
export function ErasureResult({ report }: { readonly report: ErasureReport }) {
  const { at, events, cancelled, cancelledReplays, tombstones, remainingPeople } = report;
  if (events === 0 && cancelledReplays === 0) return <NothingErased at={at} />;
  return (
    <section class="panel" aria-labelledby="erased">
      <h2 id="erased">Erased</h2>
      <p class="words" role="status">
        <Time at={at} />: the rows are removed and their bytes overwritten.{" "}
        {formatPlural(cancelled, "open delivery", "open deliveries")} cancelled,{" "}
        {formatPlural(tombstones, "tombstone")} left.
      </p>
      <DataNumbers counts={report} />
      {cancelledReplays > 0 && (
        <p class="words">
          {formatPlural(cancelledReplays, "running replay", "running replays")} cancelled, because the filter
          named the person.
        </p>
      )}
      {remainingPeople > 0 && (
        <p class="words">
          {formatPlural(remainingPeople, "person remains", "people remain")}, because other events have them.
          To erase these too, search by the LinkedIn profile or another address.
        </p>
      )}
      <DeliveredTo names={report.deliveredTo} />
      <p class="note">
        Backups made before still have the data. If you restore one with <Command args="restore" />, it is
        erased from the restored database too.
      </p>
      <p class="note">This report is shown once: print or save the page if you need it as evidence.</p>
    </section>
  );
}

function NothingErased({ at }: Pick<ErasureReport, "at">) {
  return (
    <section class="panel" aria-labelledby="erased">
      <h2 id="erased">Nothing to erase</h2>
      <p class="words" role="status">
        <Time at={at} />: no event names or mentions this person. If an earlier erasure was interrupted, it is
        complete now.
      </p>
    </section>
  );
}
