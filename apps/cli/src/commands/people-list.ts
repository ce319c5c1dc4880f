import type { Command } from "commander";
import { cell, time } from "../cells.js";
import { addServerOptions, addPageOptions, environmentHelp } from "../feed/options.js";
import { printList, shortPagesHelp } from "../print-list.js";
import type { Shell } from "../shell.js";
import { addVisitOptions, type VisitListOptions, visitQuery } from "../visits/options.js";

const help = `
Time and origin are those of the last session of a person.
${shortPagesHelp.trimStart()}${environmentHelp}

Examples:
  $ sessionhook people list --since 7d
  $ sessionhook people list --q lovelace --json`;

/** `sessionhook people list`: lists identified people, those with the newest session first. */
export function addPeopleList(people: Command, shell: Shell): void {
  const command = people
    .command("list")
    .description("List identified people, those with the newest session first.");
  addServerOptions(addPageOptions(addVisitOptions(command)))
    .option("--json", "print the answer of the server as one JSON document")
    .addHelpText("after", help)
    .action((options: VisitListOptions) =>
      printList(shell, options, "people", visitQuery(options, shell.now()), {
        "last session": (row) => time(row["lastAt"]),
        sessions: (row) => cell(row["sessions"]),
        name: (row) => cell(row["name"]),
        email: (row) => cell(row["email"]),
        company: (row) => cell(row["companyName"] ?? row["companyDomain"]),
        key: (row) => cell(row["key"]),
      }),
    );
}
