import type { Command } from "commander";
import { cell, seconds, time } from "../cells.js";
import { addServerOptions, addPageOptions, environmentHelp } from "../feed/options.js";
import { printList, shortPagesHelp } from "../print-list.js";
import type { Shell } from "../shell.js";
import { addSessionOptions, type VisitListOptions, visitQuery } from "../visits/options.js";

const help = `${shortPagesHelp}${environmentHelp}

Examples:
  $ sessionhook sessions list --bots without
  $ sessionhook sessions list --since 7d --campaign spring --identified
  $ sessionhook sessions list --q lovelace --json`;

/** `sessionhook sessions list`: lists sessions, newest first. */
export function addSessionsList(sessions: Command, shell: Shell): void {
  const command = sessions.command("list").description("List sessions, newest first.");
  addServerOptions(addPageOptions(addSessionOptions(command)))
    .option("--json", "print the answer of the server as one JSON document")
    .addHelpText("after", help)
    .action((options: VisitListOptions) =>
      printList(shell, options, "sessions", visitQuery(options, shell.now()), {
        started: (row) => time(row["startedAt"]),
        duration: (row) => seconds(row["durationSeconds"]),
        pages: (row) => cell(row["pageCount"]),
        source: (row) => cell(row["source"]),
        country: (row) => cell(row["country"]),
        person: (row) => cell(row["personName"] ?? row["personEmail"]),
        company: (row) => cell(row["companyName"] ?? row["companyDomain"]),
        id: (row) => cell(row["id"]),
      }),
    );
}
