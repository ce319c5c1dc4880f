import type { Command } from "commander";
import { type ApiOptions, callJson } from "../admin-api.js";
import { cell, reason, rowsOf, seconds } from "../cells.js";
import { addServerOptions, environmentHelp } from "../feed/options.js";
import { print, printJsonText, type Shell, table } from "../shell.js";

const help = `
State: ready (it gets events), paused (by an operator), blocked (it refuses everything; deliveries wait), cooling (many
attempts failed; a probe follows), orphaned (not in the configuration; deliveries wait).
Reason: "paced" means that the destination asked for no event until then, such as with Retry-After; resume ends it.
due: for how long the oldest due delivery has been due.
${environmentHelp}

Examples:
  $ sessionhook destinations list
  $ sessionhook destinations list --json`;

/** `sessionhook destinations list`: lists destinations with their state. */
export function addDestinationsList(destinations: Command, shell: Shell): void {
  const command = destinations
    .command("list")
    .description("List the destinations with their state and the number of their deliveries.");
  addServerOptions(command)
    .option("--json", "print the answer of the server as one JSON document")
    .addHelpText("after", help)
    .action((options: ApiOptions & { readonly json?: true }) => list(shell, options));
}

async function list(shell: Shell, options: ApiOptions & { readonly json?: true }): Promise<void> {
  const { text, fields } = await callJson(shell, options, "GET", "api/destinations");
  if (options.json === true) return printJsonText(shell, text);
  const rows = rowsOf(fields["destinations"]);
  if (rows.length === 0) {
    shell.stderr.write("no destinations\n");
    return;
  }
  const lines = rows.map((row) => [
    cell(row["name"]),
    cell(row["type"]),
    cell(row["state"]),
    paced(row["pacedUntil"], shell.now()) ?? reason(row["reason"]),
    cell(row["open"]),
    cell(row["delivered"]),
    cell(row["dead"]),
    seconds(row["oldestDueSeconds"]),
    cell(row["target"]),
  ]);
  print(
    shell,
    table([["name", "type", "state", "reason", "open", "delivered", "dead", "due", "target"], ...lines]),
  );
}

/** Shows a pause that the destination asked for; undefined if there is none. */
function paced(until: unknown, now: number): string | undefined {
  return typeof until === "number" && until > now ? `paced for ${seconds((until - now) / 1000)}` : undefined;
}
