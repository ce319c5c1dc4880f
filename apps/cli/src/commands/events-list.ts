import type { Command } from "commander";
import { type ApiOptions, callJson } from "../admin-api.js";
import { cell, rowsOf, time } from "../cells.js";
import { addFilterOptions, addPageOptions, addServerOptions, environmentHelp } from "../feed/options.js";
import { harmless, print, printJsonText, type Shell, table } from "../shell.js";
import { addRangeOptions } from "../visits/options.js";

interface ListOptions extends ApiOptions {
  readonly status?: string;
  readonly type?: string;
  readonly q?: string;
  readonly since?: (now: number) => number;
  readonly until?: (now: number) => number;
  readonly person?: string;
  readonly company?: string;
  readonly limit: number;
  readonly cursor?: string;
  readonly json?: true;
}

const help = `${environmentHelp}

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
    .action((options: ListOptions) => list(shell, options));
}

async function list(shell: Shell, options: ListOptions): Promise<void> {
  const { status, type, q, person, company, limit, cursor } = options;
  const now = shell.now();
  const { text, fields: page } = await callJson(shell, options, "GET", "api/events", {
    status,
    type,
    q,
    from: options.since?.(now),
    to: options.until?.(now),
    person,
    company,
    limit,
    cursor,
  });
  if (options.json === true) return printJsonText(shell, text);
  const rows = rowsOf(page["events"]);
  if (rows.length === 0) shell.stderr.write("no events\n");
  const lines = rows.map((row) => [
    time(row["receivedAt"]),
    cell(row["status"]),
    cell(row["type"]),
    cell(row["id"]),
  ]);
  if (rows.length > 0) print(shell, table([["received", "status", "type", "id"], ...lines]));
  // A page can be empty before the last one.
  if (typeof page["nextCursor"] === "string") {
    shell.stderr.write(`more: --cursor ${harmless(page["nextCursor"])}\n`);
  }
}
