import { resolve } from "node:path";
import { reasonOf } from "@sessionhook/stores/file-error";
import type { Command } from "commander";
import { usageError } from "../cli-error.js";
import { createFolder, databaseFile, requireDatabase, storeFailure } from "../database-file.js";
import { statsOf } from "../file-access.js";
import { print, printJson, type Shell } from "../shell.js";
import { numberOf } from "../cells.js";

interface BackupOptions {
  readonly force?: true;
  readonly json?: true;
}

const help = `
The app can continue to run: the backup contains every event that was acknowledged before it began. Before it gets its
name it is checked completely (integrity_check, counts), synced to disk and made readable by its owner alone. A folder that does not exist is created (mode 0700).
Its time is recorded beside the database, for the status page, doctor and the metrics. If that is not possible, the
command warns, and the backup is complete nevertheless.
Exit code: 0 the backup is complete; 1 it failed, and there is no file; 2 wrong usage.

Environment: SESSIONHOOK_STORE (sqlite:<path>, by default sqlite:./data/sessionhook.db).

Examples:
  $ sessionhook backup "backups/$(date +%F).db"
  $ SESSIONHOOK_STORE=sqlite:/var/lib/sessionhook/sessionhook.db sessionhook backup /backup/now.db --force --json`;

/** `sessionhook backup <file>`: copies the SQLite database. */
export function addBackup(program: Command, shell: Shell): void {
  program
    .command("backup <file>")
    .description("Copy the SQLite database to a file, also while the app runs.")
    .option("--force", "replace an existing file")
    .option("--json", "print one JSON document")
    .addHelpText("after", help)
    .action((file: string, options: BackupOptions) => backUp(shell, file, options));
}

async function backUp(shell: Shell, file: string, { force, json }: BackupOptions): Promise<void> {
  const replace = force === true;
  const [from, to] = [databaseFile(shell), resolve(shell.cwd, file)];
  requireDatabase(from);
  if (!replace && statsOf(to) !== undefined)
    throw usageError(`The file ${to} already exists; choose another name, or give --force to replace it`);
  createFolder(to);
  const { backUpDatabase, recordBackup } = await import("@sessionhook/stores/sqlite");
  try {
    const at = shell.now();
    const { events, bytes, schemaVersion } = backUpDatabase({ from, to, replace });
    const recorded = record(shell, () => recordBackup(from, at, shell.now()));
    if (json === true) printJson(shell, { file: to, database: from, events, bytes, schemaVersion, recorded });
    else print(shell, `${to}: ${numberOf(events, "event")}, ${bytes} bytes, checked`);
  } catch (error) {
    throw storeFailure(error, from);
  }
}

/** The backup is complete: without a record, only the status page, doctor and the metrics do not show it. */
function record(shell: Shell, write: () => void): boolean {
  try {
    write();
    return true;
  } catch (error) {
    shell.stderr.write(
      `sessionhook: the backup is complete, but its time cannot be recorded beside the database: ${reasonOf(error)}\n`,
    );
    return false;
  }
}
