import type { Command } from "commander";
import { withFacts } from "../derive/open-facts.js";
import { ownCommand } from "../own-command.js";
import { print, printJson, type Shell, table } from "../shell.js";
import { numberOf } from "../cells.js";

const help = `
Environment: SESSIONHOOK_STORE (by default sqlite:./data/sessionhook.db).

Examples:
  $ sessionhook derive status
  $ sessionhook derive status --json`;

/** `sessionhook derive status`: shows the state of the derived tables. */
export function addDeriveStatus(derive: Command, shell: Shell): void {
  derive
    .command("status")
    .description("Show the size of the derived tables, and whether a rebuild is needed or unfinished.")
    .option("--json", "print one JSON document")
    .addHelpText("after", help)
    .action(async (options: { readonly json?: true }) => {
      const status = await withFacts(shell, (facts) => facts.status());
      if (options.json === true) return printJson(shell, status);
      const { sessions, people, companies, rebuild, deleting, lag, incomplete } = status;
      const rows = Object.entries({ sessions, people, companies }).map(([name, count]) => [
        name,
        String(count),
      ]);
      if (rebuild !== null)
        rows.push(["rebuild", `${rebuild.read} of ${numberOf(rebuild.total, "event")}, unfinished`]);
      if (deleting) rows.push(["old tables", "being deleted"]);
      if (lag > 0) rows.push(["routed, not yet in the tables", numberOf(lag, "event")]);
      print(shell, table(rows));
      if (rebuild !== null) print(shell, `\nContinue the rebuild: ${ownCommand(shell, "derive rebuild")}`);
      else if (incomplete)
        print(
          shell,
          `\nOlder events are missing, or derived only in part: ${ownCommand(shell, "derive rebuild")}`,
        );
    });
}
