import type { Command } from "commander";
import { addServerOptions, environmentHelp } from "../feed/options.js";
import type { Shell } from "../shell.js";
import { addJsonErrors, exportVisits, type Format, formatOption, outputOption } from "../visits/export.js";
import { addSessionOptions, type VisitOptions, visitQuery } from "../visits/options.js";

const help = `
CSV has times as ISO 8601 and an apostrophe before text that a spreadsheet would read as a formula. NDJSON has the rows
of the API unchanged, one on each line. A file of --output that is not complete is deleted.
Exit code: 0 everything is written; 1 not everything (Ctrl-C, or the server stopped answering); 2 wrong usage.
${environmentHelp}

Examples:
  $ sessionhook sessions export --format csv --bots without --output sessions.csv
  $ sessionhook sessions export --since 30d --identified > sessions.ndjson`;

/** `sessionhook sessions export`: writes all sessions of a selection. */
export function addSessionsExport(sessions: Command, shell: Shell): void {
  const command = sessions
    .command("export")
    .description("Write all selected sessions as CSV or NDJSON, newest first.");
  addSessionOptions(command).addOption(formatOption().default("ndjson")).addOption(outputOption());
  addJsonErrors(addServerOptions(command))
    .addHelpText("after", help)
    .action((options: VisitOptions & { readonly format: Format; readonly output?: string }) =>
      exportVisits(shell, options, "api/sessions", visitQuery(options, shell.now()), options.format),
    );
}
