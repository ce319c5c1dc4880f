import { deliveryStates } from "@sessionhook/core";
import { type Command, Option } from "commander";
import { cell, reason, time } from "../cells.js";
import { addPageOptions, addServerOptions, environmentHelp } from "../feed/options.js";
import { type ListOptions, printList, shortPagesHelp } from "../print-list.js";
import type { Shell } from "../shell.js";

interface DeliveryListOptions extends ListOptions {
  readonly destination?: string;
  readonly state?: string;
  readonly event?: string;
  readonly replay?: string;
}

const help = `${shortPagesHelp}${environmentHelp}

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
    .action((options: DeliveryListOptions) => list(shell, options));
}

async function list(shell: Shell, options: DeliveryListOptions): Promise<void> {
  const { destination, state, event, replay } = options;
  await printList(
    shell,
    options,
    "deliveries",
    { destination, state, event, replay },
    {
      created: (row) => time(row["createdAt"]),
      state: (row) => cell(row["state"]),
      destination: (row) => cell(row["destination"]),
      attempts: (row) => cell(row["attemptCount"]),
      reason: (row) => reason(row["reason"]),
      event: (row) => cell(row["eventId"]),
      id: (row) => cell(row["id"]),
    },
  );
}
