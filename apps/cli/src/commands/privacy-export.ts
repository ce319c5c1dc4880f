import { setImmediate } from "node:timers/promises";
import type { PersonQuery, PrivacyStore } from "@sessionhook/core";
import type { Command } from "commander";
import { numberOf } from "../cells.js";
import { createOutputFile, deletedFile, outputHelp } from "../output-file.js";
import { addPersonOptions, type PersonOptions, withPrivacy } from "../privacy/person-options.js";
import { harmless, printJsonText, type Shell } from "../shell.js";
import { endingWithOutput, writeOut } from "../standard-output.js";
import { unlessAborted } from "../unless-aborted.js";

interface ExportOptions extends PersonOptions {
  readonly output?: string;
  readonly json?: true;
}

const help = `
Each line is a JSON document with its kind: event (with the exact body: body, or bodyBase64 if it is not UTF-8), session, page,
person, delivery or attempt. An event belongs to the person if it names or mentions the address or the profile, or if it is of a
visitor or session that was found with them. The app can continue to run. Standard error gets the number of documents. A file
of --output that is not complete is deleted.
Exit code: 0 everything is written, also if there is nothing; 1 it failed or was interrupted; 2 wrong usage.

Environment: SESSIONHOOK_STORE (sqlite:<path>, by default sqlite:./data/sessionhook.db).

Examples:
  $ sessionhook privacy export --email jane.doe@example.com --output jane.ndjson
  $ sessionhook privacy export --linkedin linkedin.com/in/jane-doe > jane.ndjson`;

/** `sessionhook privacy export`: writes the data of a person, one JSON document on each line. */
export function addPrivacyExport(privacy: Command, shell: Shell): void {
  const command = privacy
    .command("export")
    .description("Write the data of a person as JSON, one document on each line.");
  addPersonOptions(command)
    .option("--output <file>", outputHelp)
    .option("--json", "print errors as JSON too; the lines always are")
    .addHelpText("after", help)
    .action((options: ExportOptions) =>
      withPrivacy(shell, options, (store, query) => exportData(shell, store, query, options.output)),
    );
}

async function exportData(
  shell: Shell,
  store: PrivacyStore,
  query: PersonQuery,
  output: string | undefined,
): Promise<void> {
  shell.handleInterrupt();
  try {
    const written =
      output === undefined
        ? await toStandardOutput(endingWithOutput(shell), store, query)
        : await toFile(shell, store, query, output);
    shell.stderr.write(`${written}\n`);
  } catch (error) {
    if (shell.outputEnded.aborted) return;
    if (!shell.interrupted.aborted) throw error;
    shell.stderr.write(
      `interrupted: ${output === undefined ? "what is written is not complete" : deletedFile}\n`,
    );
    shell.fail();
  }
}

const nothing = "nothing is stored about this person";
const documents = (count: number) => numberOf(count, "document");

async function toStandardOutput(shell: Shell, store: PrivacyStore, query: PersonQuery): Promise<string> {
  let count = 0;
  for await (const line of linesOf(shell, store, query)) {
    if (shell.stdout.isTTY === true) printJsonText(shell, line);
    else await writeOut(shell, line);
    count++;
  }
  return count === 0 ? nothing : `${documents(count)} written to standard output`;
}

async function toFile(shell: Shell, store: PrivacyStore, query: PersonQuery, name: string): Promise<string> {
  const file = await createOutputFile(shell, name);
  let count = 0;
  try {
    for await (const line of linesOf(shell, store, query)) {
      await file.write(line);
      count++;
    }
    await file.close();
  } catch (error) {
    await file.discard();
    throw error;
  }
  const path = harmless(file.path);
  return count === 0 ? `${nothing}: ${path} is empty` : `${documents(count)} written to ${path}`;
}

/**
 * Yields each document as a line.
 * @throws as soon as it is interrupted, also while the store searches
 */
async function* linesOf(shell: Shell, store: PrivacyStore, query: PersonQuery): AsyncGenerator<string> {
  const rows = store.export(query)[Symbol.asyncIterator]();
  for (;;) {
    // The store reads without a turn of the event loop, in which an interrupt is noticed.
    await setImmediate();
    const row = await unlessAborted(rows.next(), shell.interrupted);
    if (row.done === true) return;
    yield `${JSON.stringify(row.value)}\n`;
  }
}
