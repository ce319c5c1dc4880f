import { createInterface } from "node:readline/promises";
import type { Command } from "commander";
import { addPersonOptions, type PersonOptions, progressOn, withPrivacy } from "../privacy/person-options.js";
import { isEmpty, showFound, showReport } from "../privacy/show-report.js";
import { print, printJson, type Shell } from "../shell.js";

interface EraseOptions extends PersonOptions {
  readonly yes?: true;
  readonly json?: true;
}

const help = `
Shows what it would remove. With --yes, or after you have typed "erase" on a terminal, it removes the events of the person with
everything that was derived from them, cancels their deliveries, rewrites the database and empties its log, so that no file has
the bytes. Their ids remain as tombstones: a message with one of these ids stays a duplicate. The app can continue to run; on a
large database it answers 503 for some seconds. What was removed cannot be restored, except from a backup.
If the command is interrupted, run it again: that completes the erasure.
Exit code: 0 erased, also if there was nothing; 1 it failed, or --yes is missing; 2 wrong usage.

Environment: SESSIONHOOK_STORE (sqlite:<path>, by default sqlite:./data/sessionhook.db).

Examples:
  $ sessionhook privacy erase --email jane.doe@example.com
  $ sessionhook privacy erase --vid v_8f2c61 --yes --json`;

/** `sessionhook privacy erase`: removes the data of a person. */
export function addPrivacyErase(privacy: Command, shell: Shell): void {
  const command = privacy.command("erase").description("Show what is stored about a person, and remove it.");
  addPersonOptions(command)
    .option("--yes", "remove it without asking")
    .option("--json", "print one JSON document: what was found, and the report or null")
    .addHelpText("after", help)
    .action((options: EraseOptions) => erase(shell, options));
}

const completes = "complete an erasure that was interrupted";

async function erase(shell: Shell, options: EraseOptions): Promise<void> {
  const json = options.json === true;
  await withPrivacy(shell, options, async (privacy, query) => {
    const { show, end } = progressOn(shell);
    const { eventIds: _, peopleKeys, ...found } = await privacy.find(query, show).finally(end);
    const empty = isEmpty(found);
    if (!json && empty) print(shell, "Nothing is stored about this person.");
    else if (!json) showFound(shell, found, peopleKeys);
    if (options.yes !== true && (empty || !(await confirmed(shell, json)))) {
      if (json) printJson(shell, { found, report: null });
      else print(shell, `Nothing was erased. Give --yes to ${empty ? completes : "erase it"}.`);
      return shell.fail();
    }
    // Also where nothing is found: an erasure that was interrupted can have bytes left to overwrite.
    const report = await privacy.erase(query, shell.now(), show).finally(end);
    if (json) printJson(shell, { found, report });
    else if (empty && isEmpty(report) && report.cancelledReplays === 0) print(shell, "Nothing was erased.");
    else showReport(shell, report, found);
  });
}

async function confirmed(shell: Shell, json: boolean): Promise<boolean> {
  if (json || shell.stdin.isTTY !== true || shell.stdout.isTTY !== true) return false;
  const terminal = createInterface({ input: shell.stdin, output: shell.stdout });
  const closed = new Promise<string>((resolve) => void terminal.once("close", () => resolve("")));
  try {
    return (
      (await Promise.race([terminal.question('Type "erase" to remove it: '), closed]))
        .trim()
        .toLowerCase() === "erase"
    );
  } finally {
    terminal.close();
  }
}
