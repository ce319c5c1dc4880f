import { setTimeout } from "node:timers/promises";
import type { RebuildProgress } from "@sessionhook/core";
import type { Command } from "commander";
import { withFacts } from "../derive/open-facts.js";
import { print, printJson, type Shell } from "../shell.js";
import { numberOf } from "../cells.js";

const help = `
Reads the event log from its start and derives sessions, people and companies again, including those of events from before
an upgrade. The app can continue to run: until the end it shows the old tables. Ctrl-C leaves an unfinished rebuild, and the
next run continues it.
Exit code: 0 the new tables are in use; 1 it failed or was interrupted; 2 wrong usage.

Environment: SESSIONHOOK_STORE (by default sqlite:./data/sessionhook.db).

Examples:
  $ sessionhook derive rebuild
  $ SESSIONHOOK_STORE=sqlite:/var/lib/sessionhook/sessionhook.db sessionhook derive rebuild --json`;

/** Events of one transaction. Other writers wait for it, so that it must be short. */
const stepEvents = 200;

/** `sessionhook derive rebuild`: derives all tables again from the event log. */
export function addDeriveRebuild(derive: Command, shell: Shell): void {
  derive
    .command("rebuild")
    .description("Derive sessions, people and companies again from the event log, also while the app runs.")
    .option("--json", "print the progress at the end as one JSON document")
    .addHelpText("after", help)
    .action((options: { readonly json?: true }) => rebuild(shell, options.json === true));
}

async function rebuild(shell: Shell, json: boolean): Promise<void> {
  shell.handleInterrupt();
  const { recordsOfStored } = await import("@sessionhook/core/derive");
  const progress = await withFacts(shell, async (facts) => {
    // One that only has old tables to delete would otherwise begin again.
    let at = (await facts.status()).rebuild ?? (await facts.startRebuild(shell.now()));
    while (!at.done && !shell.interrupted.aborted) {
      at = await facts.rebuildStep(stepEvents, recordsOfStored);
      if (shell.stderr.isTTY === true) shell.stderr.write(`\r\u001b[K${counted(at)}; Ctrl-C pauses`);
      // An interrupt is noticed, and another process can write.
      await setTimeout(0);
    }
    return at;
  });
  if (shell.stderr.isTTY === true) shell.stderr.write("\r\u001b[K");
  if (!progress.done) shell.fail();
  if (json) return printJson(shell, progress);
  print(
    shell,
    progress.done
      ? `derived from ${numberOf(progress.read, "event")}`
      : `interrupted after ${counted(progress)}; run it again to continue`,
  );
}

function counted({ read, total }: RebuildProgress): string {
  return `${read} of ${numberOf(total, "event")}`;
}
