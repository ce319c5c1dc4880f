import { classifications, replayKinds } from "@sessionhook/core";
import { defaultPageSize, maxPageSize, maxReplayRate, minReplayRate } from "@sessionhook/core/limits";
import { type Command, InvalidArgumentError, Option } from "commander";
import { addServerOptions, environmentHelp } from "../feed/options.js";
import { integer, rate, timeForms, timeSince } from "../option-parsers.js";
import type { ReplayOptions } from "../replay/options.js";
import { runReplay } from "../replay/run-replay.js";
import type { Shell } from "../shell.js";

const help = `
Kinds: failed (dead letters; the default), missing (events that the destination never got, such as those from before it was
configured), all (every event, including delivered ones).
--where takes a filter expression (CEL) over the facts of an event, as in the configuration.
New events go first: a replay is sent after them, at most --rate deliveries a second.
The server first counts the deliveries, which takes seconds with many events. The command waits until all are created, also for a
server that restarts, and shows the progress on a terminal; Ctrl-C cancels the replay. --no-wait only starts it, --list shows all replays, and --cancel ends one that was started before.
--json prints the last answer of the server.
Exit code: 0 done; 1 it failed, was cancelled, or some of its deliveries are dead letters; 2 wrong usage.
${environmentHelp}

Examples:
  $ sessionhook replay --destination backend --dry-run
  $ sessionhook replay --destination backend --kind missing --since 30d --rate 50
  $ sessionhook replay --kind all --event evt_01KH5HM09WTF6DOE8K2H6DG2RI
  $ sessionhook replay --kind missing --where 'has(company.employeeCount) && company.employeeCount >= 50'
  $ sessionhook replay --list`;

/** The options of a new replay, by their attribute names. */
const ofNew = "destination kind status type event since until where rate dryRun wait".split(" ");
const ofList = ["limit", "cursor"];

const several = (value: string, before: readonly string[] = []) => [...before, value];

/** Parses deliveries per second, within the limits of the server. */
function replayRate(text: string): number {
  const value = rate(text);
  if (value < minReplayRate || value > maxReplayRate)
    throw new InvalidArgumentError(`It must be from ${minReplayRate} to ${maxReplayRate}.`);
  return value;
}

/** `sessionhook replay`: sends stored events again. */
export function addReplay(program: Command, shell: Shell): void {
  const command = program
    .command("replay")
    .description("Send stored events to destinations again, on purpose.")
    .option("--destination <name>", "to this destination; repeatable (default: all)", several)
    .addOption(new Option("--kind <kind>", "what to send: see Kinds").choices(replayKinds))
    .addOption(new Option("--status <status>", "only events with this status").choices(classifications))
    .option("--type <type>", "only this event type")
    .option("--event <id>", "only the event with this message id; repeatable", several)
    .option("--since <time>", `only events received since then: ${timeForms}`, timeSince)
    .option("--until <time>", "only events received before then", timeSince)
    .option("--where <expression>", "only events for which this filter is true")
    .option("--rate <n>", "deliveries a second at most (default: 20)", replayRate)
    .option("--dry-run", "only count, and send nothing")
    .option("--no-wait", "start it and return")
    .addOption(new Option("--list", "list all replays, newest first, and start none").conflicts(ofNew))
    .option(
      "--limit <n>",
      `with --list: maximum number of replays (default: ${defaultPageSize})`,
      integer(1, maxPageSize),
    )
    .option("--cursor <cursor>", "with --list: continue after the previous page")
    .addOption(
      new Option("--cancel <id>", "cancel the replay with this id").conflicts([...ofNew, "list", ...ofList]),
    );
  addServerOptions(command)
    .option("--json", "print the answer of the server as one JSON document")
    .addHelpText("after", help)
    .action((options: ReplayOptions) => runReplay(shell, options));
}
