import { resolve } from "node:path";
import type { Command } from "commander";
import { databaseFile, requireFile, requireFolder, storeFailure } from "../database-file.js";
import { ownCommand } from "../own-command.js";
import { print, printJson, type Shell } from "../shell.js";
import { numberOf } from "../cells.js";

const unreadable =
  "warning: there is no previous database that can be read, so events that were erased after the backup are back; erase them again with";

const help = `
Stop the app first: nothing is changed while an app has the database open. The backup is checked completely before it replaces
the database, and events that were erased since are erased in it (sessionhook privacy erase), which upgrades its schema; else it
has the schema of the backup, and the next start of the app upgrades it. The previous database remains beside the new one; remove
it when you no longer need it.
To go back to an older version, run restore of that version.
Exit code: 0 restored; 1 it failed, and the database is unchanged; 2 wrong usage.

Environment: SESSIONHOOK_STORE (sqlite:<path>, by default sqlite:./data/sessionhook.db).

Examples:
  $ sessionhook restore backups/2026-07-01.db`;

/** `sessionhook restore <file>`: replaces the SQLite database with a backup. */
export function addRestore(program: Command, shell: Shell): void {
  program
    .command("restore <file>")
    .description("Replace the SQLite database with a backup.")
    .option("--json", "print one JSON document")
    .addHelpText("after", help)
    .action((file: string, options: { readonly json?: true }) => restore(shell, file, options));
}

async function restore(shell: Shell, file: string, options: { readonly json?: true }): Promise<void> {
  const [from, to] = [resolve(shell.cwd, file), databaseFile(shell)];
  requireFile(from);
  requireFolder(to);
  const time = new Date(shell.now()).toISOString().replaceAll(/[-:]|\.\d+/g, "");
  const aside = `${to}.before-restore-${time}`;
  const { restoreDatabase } = await import("@sessionhook/stores/sqlite");
  try {
    const restored = await restoreDatabase({ from, to, aside });
    const { events, bytes, schemaVersion, backupSchemaVersion, replaced, erased } = restored;
    const previous = replaced ? aside : null;
    if (options.json === true) {
      const schema = { schemaVersion, backupSchemaVersion };
      printJson(shell, { database: to, previous, events, bytes, ...schema, erased });
    } else {
      print(shell, `${to}: ${numberOf(events, "event")} restored, checked`);
      if (erased !== null && erased > 0)
        print(shell, `${numberOf(erased, "event")} erased after the backup: erased in it too`);
      if (schemaVersion !== backupSchemaVersion)
        print(
          shell,
          `schema upgraded ${backupSchemaVersion} → ${schemaVersion}: an older version cannot open it`,
        );
      if (replaced) print(shell, `${aside}: the previous database`);
      if (erased === null) shell.stderr.write(`${unreadable} ${ownCommand(shell, "privacy erase")}\n`);
    }
  } catch (error) {
    throw storeFailure(error, to);
  }
}
