import type { Command } from "commander";
import { cell, time } from "../cells.js";
import { addServerOptions, addPageOptions, environmentHelp } from "../feed/options.js";
import { printList, shortPagesHelp } from "../print-list.js";
import type { Shell } from "../shell.js";
import { addVisitOptions, type VisitListOptions, visitQuery } from "../visits/options.js";

const help = `
Time and origin are those of the last session of a company.
${shortPagesHelp.trimStart()}${environmentHelp}

Examples:
  $ sessionhook companies list --since 7d --employees-from 50
  $ sessionhook companies list --q example.com --json`;

/** `sessionhook companies list`: lists companies, those with the newest session first. */
export function addCompaniesList(companies: Command, shell: Shell): void {
  const command = companies
    .command("list")
    .description("List companies, those with the newest session first.");
  addServerOptions(addPageOptions(addVisitOptions(command)))
    .option("--json", "print the answer of the server as one JSON document")
    .addHelpText("after", help)
    .action((options: VisitListOptions) =>
      printList(shell, options, "companies", visitQuery(options, shell.now()), {
        "last session": (row) => time(row["lastAt"]),
        sessions: (row) => cell(row["sessions"]),
        people: (row) => cell(row["people"]),
        name: (row) => cell(row["name"]),
        domain: (row) => cell(row["domain"]),
        employees: (row) => cell(row["employeeCount"]),
        key: (row) => cell(row["key"]),
      }),
    );
}
