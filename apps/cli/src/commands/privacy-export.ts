import { once } from "node:events";
import type { PersonQuery, PrivacyStore } from "@sessionhook/core";
import type { Command } from "commander";
import { numberOf } from "../cells.js";
import { createOutputFile, outputHelp } from "../output-file.js";
import { addPersonOptions, type PersonOptions, withPrivacy } from "../privacy/person-options.js";
import { harmless, printJsonText, type Shell } from "../shell.js";

interface ExportOptions extends PersonOptions {
  readonly output?: string;
  readonly json?: true;
}

const help = `
Each line is a JSON document with its kind: event (with the exact body: body, or bodyBase64 if it is not UTF-8), session, page,
person, delivery or attempt. An event belongs to the person if it names or mentions the address or the profile, or if it is of a
visitor or session that was found with them. The app can continue to run. Standard error gets the number of documents.
Exit code: 0 everything is written, also if there is nothing; 1 it failed; 2 wrong usage.

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
  const written =
    output === undefined
      ? await toStandardOutput(shell, store, query)
      : await toFile(shell, store, query, output);
  shell.stderr.write(`${written}\n`);
}

const nothing = "nothing is stored about this person";
const documents = (count: number) => numberOf(count, "document");

async function toStandardOutput(shell: Shell, store: PrivacyStore, query: PersonQuery): Promise<string> {
  let count = 0;
  for await (const row of store.export(query)) {
    const line = `${JSON.stringify(row)}\n`;
    if (shell.stdout.isTTY === true) printJsonText(shell, line);
    else if (!shell.stdout.write(line)) await once(shell.stdout, "drain");
    count++;
  }
  return count === 0 ? nothing : `${documents(count)} written to standard output`;
}

async function toFile(shell: Shell, store: PrivacyStore, query: PersonQuery, name: string): Promise<string> {
  const file = await createOutputFile(shell, name);
  let count = 0;
  try {
    for await (const row of store.export(query)) {
      await file.write(`${JSON.stringify(row)}\n`);
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
