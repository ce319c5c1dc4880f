import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { resolve } from "node:path";
import type { PersonQuery, PrivacyStore } from "@sessionhook/core";
import type { Command } from "commander";
import { requireFolder, storeFailure } from "../database-file.js";
import { addPersonOptions, type PersonOptions, withPrivacy } from "../privacy/person-options.js";
import { printJsonText, type Shell } from "../shell.js";

interface ExportOptions extends PersonOptions {
  readonly output?: string;
  readonly json?: true;
}

const help = `
Each line is a JSON document with its kind: event (with the exact body: body, or bodyBase64 if it is not UTF-8), session, page,
person, delivery or attempt. An event belongs to the person if it names or mentions the address or the profile, or if it is of a
visitor or session that was found with them. The app can continue to run.
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
    .option("--output <file>", "a new file that only its owner can read, instead of standard output")
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
  if (output !== undefined) return toFile(store, query, resolve(shell.cwd, output));
  for await (const row of store.export(query)) {
    const line = `${JSON.stringify(row)}\n`;
    if (shell.stdout.isTTY === true) printJsonText(shell, line);
    else if (!shell.stdout.write(line)) await once(shell.stdout, "drain");
  }
}

async function toFile(store: PrivacyStore, query: PersonQuery, path: string): Promise<void> {
  requireFolder(path);
  const file = createWriteStream(path, { flags: "wx", mode: 0o600 });
  try {
    await once(file, "open");
  } catch (error) {
    throw storeFailure(error);
  }
  try {
    for await (const row of store.export(query))
      if (!file.write(`${JSON.stringify(row)}\n`)) await once(file, "drain");
    file.end();
    await once(file, "close");
  } catch (error) {
    file.destroy();
    await rm(path, { force: true });
    throw error;
  }
}
