import { setTimeout } from "node:timers/promises";
import type { DeriveAll, FactStore, RebuildProgress } from "@sessionhook/core";
import type { RecordsThread } from "@sessionhook/stores/sqlite";
import { maxRebuildStep } from "@sessionhook/core/limits";
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

/** For more events than this, another thread derives those of the next step. */
const fewEvents = 2000;

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
  const progress = await withFacts(shell, async (facts) => {
    const { recordsOfStored } = await import("@sessionhook/core/derive");
    const { rebuild: unfinished, deleting, incomplete } = await facts.status();
    // After an interrupt it may only have to delete the old tables, which the next step does.
    const onlyDelete = unfinished === null && deleting && !incomplete;
    const start = onlyDelete
      ? await facts.rebuildStep(maxRebuildStep, recordsOfStored)
      : await facts.startRebuild(shell.now());
    const thread = start.total - start.read > fewEvents ? await startThread() : undefined;
    try {
      return await continueRebuild(shell, facts, start, thread?.recordsOf);
    } finally {
      await thread?.close();
    }
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

async function startThread(): Promise<RecordsThread> {
  const { RecordsThread } = await import("@sessionhook/stores/sqlite");
  return new RecordsThread();
}

async function continueRebuild(
  shell: Shell,
  facts: FactStore,
  start: RebuildProgress,
  recordsOf: DeriveAll | undefined,
): Promise<RebuildProgress> {
  const { recordsOfStored } = await import("@sessionhook/core/derive");
  let at = start;
  while (!at.done && !shell.interrupted.aborted) {
    at = await facts.rebuildStep(maxRebuildStep, recordsOfStored, recordsOf);
    if (shell.stderr.isTTY === true) shell.stderr.write(`\r\u001b[K${counted(at)}; Ctrl-C pauses`);
    // An interrupt is noticed.
    await setTimeout(0);
  }
  return at;
}

function counted({ read, total }: RebuildProgress): string {
  return `${read} of ${numberOf(total, "event")}`;
}
