import { deliveryStates } from "@sessionhook/core";
import { type Command, Option } from "commander";
import { type ApiOptions, callJson } from "../admin-api.js";
import { cell, reason, rowsOf, time } from "../cells.js";
import { addPageOptions, addServerOptions, environmentHelp } from "../feed/options.js";
import { harmless, print, printJsonText, type Shell, table } from "../shell.js";

interface ListOptions extends ApiOptions {
  readonly destination?: string;
  readonly state?: string;
  readonly event?: string;
  readonly replay?: string;
  readonly limit: number;
  readonly cursor?: string;
  readonly json?: true;
}

const help = `${environmentHelp}

Examples:
  $ sessionhook deliveries list --state dead
  $ sessionhook deliveries list --destination backend --limit 100
  $ sessionhook deliveries list --event evt_01KH5HM09WTF6DOE8K2H6DG2RI --json`;

/** `sessionhook deliveries list`: lists deliveries, newest first. */
export function addDeliveriesList(deliveries: Command, shell: Shell): void {
  const command = deliveries
    .command("list")
    .description("List deliveries, newest first.")
    .option("--destination <name>", "only to this destination")
    .addOption(new Option("--state <state>", "only deliveries in this state").choices(deliveryStates))
    .option("--event <id>", "only of the event with this message id")
    .option("--replay <id>", "only of this replay");
  addServerOptions(addPageOptions(command, "deliveries"))
    .option("--json", "print the answer of the server as one JSON document")
    .addHelpText("after", help)
    .action((options: ListOptions) => list(shell, options));
}

async function list(shell: Shell, options: ListOptions): Promise<void> {
  const { destination, state, event, replay, limit, cursor } = options;
  const query = { destination, state, event, replay, limit, cursor };
  const { text, fields: page } = await callJson(shell, options, "GET", "api/deliveries", query);
  if (options.json === true) return printJsonText(shell, text);
  const rows = rowsOf(page["deliveries"]);
  if (rows.length === 0) {
    shell.stderr.write("no deliveries\n");
    return;
  }
  const lines = rows.map((row) => [
    time(row["createdAt"]),
    cell(row["state"]),
    cell(row["destination"]),
    cell(row["attemptCount"]),
    reason(row["reason"]),
    cell(row["eventId"]),
    cell(row["id"]),
  ]);
  print(shell, table([["created", "state", "destination", "attempts", "reason", "event", "id"], ...lines]));
  if (typeof page["nextCursor"] === "string") {
    shell.stderr.write(`more: --cursor ${harmless(page["nextCursor"])}\n`);
  }
}
