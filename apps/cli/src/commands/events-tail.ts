import type { Command } from "commander";
import { eventLine } from "../feed/event-line.js";
import { follow } from "../feed/follow.js";
import {
  addFilterOptions,
  addServerOptions,
  addStartOptions,
  type FollowOptions,
  startOf,
  environmentHelp,
} from "../feed/options.js";
import { escaped, print, type Shell } from "../shell.js";
import { endingWithOutput } from "../standard-output.js";

const help = `
Ctrl-C ends it. It waits for a server that restarts; no event is printed twice or missed.
With --json each line is one event with its exact body: body, or bodyBase64 if it is not UTF-8.
Exit code: 0 ended by Ctrl-C; 1 the server could not be reached at the start, or rejected the request; 2 wrong usage.
${environmentHelp}

Examples:
  $ sessionhook events tail
  $ sessionhook events tail --since 10m --status quarantined
  $ sessionhook events tail --json | jq -r .id`;

/** `sessionhook events tail`: prints events as they arrive. */
export function addEventsTail(events: Command, shell: Shell): void {
  const command = events.command("tail").description("Print events as they arrive, until Ctrl-C.");
  addServerOptions(addStartOptions(addFilterOptions(command)))
    .option("--json", "print each event as one JSON document on a line")
    .addHelpText("after", help)
    .action((options: FollowOptions & { readonly json?: true }) => tail(shell, options));
}

async function tail(shell: Shell, options: FollowOptions & { readonly json?: true }): Promise<void> {
  shell.handleInterrupt();
  const start = await startOf(shell, options);
  for await (const { event, json } of follow(endingWithOutput(shell), options, start)) {
    if (options.json === true) print(shell, shell.stdout.isTTY === true ? escaped(json) : json);
    else print(shell, eventLine(event));
  }
}
