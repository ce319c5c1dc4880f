import { maxReplayRate, minReplayRate } from "@sessionhook/core/limits";
import { type Command, InvalidArgumentError, Option } from "commander";
import { type ApiOptions, callJson, replayPath } from "../admin-api.js";
import { fieldsOf } from "../cells.js";
import { failure } from "../cli-error.js";
import { addServerOptions } from "../feed/options.js";
import { rate, timeSince } from "../option-parsers.js";
import { followReplay } from "../replay/follow-replay.js";
import { countOf, printEnd, printNext, printPreview } from "../replay/report.js";
import { harmless, print, printJsonText, type Shell } from "../shell.js";

interface ReplayOptions extends ApiOptions {
  readonly destination?: readonly string[];
  readonly kind?: string;
  readonly status?: string;
  readonly type?: string;
  readonly event?: readonly string[];
  readonly since?: (now: number) => number;
  readonly until?: (now: number) => number;
  readonly where?: string;
  readonly dryRun?: true;
  readonly rate?: number;
  readonly wait: boolean;
  readonly cancel?: string;
  readonly json?: true;
}

const help = `
Kinds: failed (dead letters; the default), missing (events that the destination never got, such as those from before it was
configured), all (every event, also those it has had).
--where takes a filter expression (CEL) over the facts of an event, as in the configuration.
New events go first: a replay is sent after them, at most --rate deliveries a second.
The command waits until all deliveries are created and shows the progress on a terminal; Ctrl-C cancels the replay. --no-wait
only starts it, and --cancel ends one that was started before.
--json prints the last answer of the server.
Exit code: 0 done; 1 it failed, was cancelled, or some of its deliveries are dead letters; 2 wrong usage.

Environment: HOST, PORT, SESSIONHOOK_BASE_PATH, SESSIONHOOK_ADMIN_TOKEN; else the token the server made at its first start.

Examples:
  $ sessionhook replay --destination backend --dry-run
  $ sessionhook replay --destination backend --kind missing --since 30d --rate 50
  $ sessionhook replay --kind all --event evt_01KH5HM09WTF6DOE8K2H6DG2RI
  $ sessionhook replay --kind missing --where 'has(company.employeeCount) && company.employeeCount >= 50'`;

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
    .addOption(new Option("--kind <kind>", "which deliveries").choices(["failed", "missing", "all"]))
    .addOption(
      new Option("--status <status>", "only these").choices(["accepted", "quarantined", "unrecognized"]),
    )
    .option("--type <type>", "only this event type")
    .option("--event <id>", "only the event with this message id; repeatable", several)
    .option("--since <time>", "only events received since then: 10m, 2h, 7d or an ISO time", timeSince)
    .option("--until <time>", "only events received before then", timeSince)
    .option("--where <expression>", "only events for which this filter is true")
    .option("--rate <n>", "deliveries a second at most (default: 20)", replayRate)
    .option("--dry-run", "only count, and send nothing")
    .option("--no-wait", "start it and return")
    .option("--cancel <id>", "cancel the replay with this id");
  addServerOptions(command)
    .option("--json", "print the answer of the server as one JSON document")
    .addHelpText("after", help)
    .action((options: ReplayOptions) => replay(shell, options));
}

async function replay(shell: Shell, options: ReplayOptions): Promise<void> {
  if (options.cancel !== undefined) return cancel(shell, options, options.cancel);
  const now = shell.now();
  const { text, fields } = await callJson(
    shell,
    options,
    "POST",
    "api/replays",
    {},
    {
      destinations: options.destination,
      kind: options.kind,
      status: options.status,
      type: options.type,
      events: options.event,
      from: options.since?.(now),
      to: options.until?.(now),
      when: options.where,
      rate: options.rate,
      dryRun: options.dryRun,
    },
  );
  if (options.dryRun === true)
    return options.json === true ? printJsonText(shell, text) : printPreview(shell, fields);
  const { id } = fields;
  if (typeof id !== "string")
    throw failure("bad_answer", "The answer has no replay; is this a Sessionhook server?");
  if (!options.wait) {
    if (options.json === true) return printJsonText(shell, text);
    print(shell, `started replay ${harmless(id)}, ${countOf(fields)}`);
    return printNext(shell, harmless(id));
  }
  shell.handleInterrupt();
  const end = await followReplay(shell, options, id, countOf(fields));
  const dead = fieldsOf(end.fields["counts"])["dead"];
  if (end.fields["state"] !== "done" || (dead !== 0 && dead !== undefined)) shell.fail();
  if (options.json === true) printJsonText(shell, end.text);
  else printEnd(shell, end.fields);
}

async function cancel(shell: Shell, options: ReplayOptions, id: string): Promise<void> {
  const { text, fields } = await callJson(shell, options, "DELETE", replayPath(id));
  if (options.json === true) printJsonText(shell, text);
  else printEnd(shell, fields);
}
