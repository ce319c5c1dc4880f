import type { Command } from "commander";
import { cell, time } from "../cells.js";
import { addFilterOptions, addPageOptions, addServerOptions, environmentHelp } from "../feed/options.js";
import { type ListOptions, printList, shortPagesHelp } from "../print-list.js";
import type { Shell } from "../shell.js";
import { addRangeOptions } from "../visits/options.js";

interface EventListOptions extends ListOptions {
  readonly status?: string;
  readonly type?: string;
  readonly q?: string;
  readonly since?: (now: number) => number;
  readonly until?: (now: number) => number;
  readonly person?: string;
  readonly company?: string;
}

const help = `${shortPagesHelp}${environmentHelp}

Examples:
  $ sessionhook events list
  $ sessionhook events list --status quarantined --limit 100
  $ sessionhook events list --since 7d --company domain:example.com
  $ sessionhook events list --q evt_01KH --json`;

/** `sessionhook events list`: lists stored events, newest first. */
export function addEventsList(events: Command, shell: Shell): void {
  const command = events.command("list").description("List stored events, newest first.");
  addRangeOptions(
    addFilterOptions(command).option("--q <text>", "only message ids that begin with this text"),
  )
    .option("--person <key>", "only events of the person with this key")
    .option("--company <key>", "only events of the company with this key");
  addServerOptions(addPageOptions(command, "events"))
    .option("--json", "print the answer of the server as one JSON document")
    .addHelpText("after", help)
    .action((options: EventListOptions) => list(shell, options));
}

async function list(shell: Shell, options: EventListOptions): Promise<void> {
  const { status, type, q, since, until, person, company } = options;
  const now = shell.now();
  const query = { status, type, q, from: since?.(now), to: until?.(now), person, company };
  await printList(shell, options, "events", query, {
    received: (row) => time(row["receivedAt"]),
    status: (row) => cell(row["status"]),
    type: (row) => cell(row["type"]),
    id: (row) => cell(row["id"]),
  });
}
