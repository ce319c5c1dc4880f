import { eventStatuses } from "@sessionhook/core";
import { defaultPageSize, maxPageSize } from "@sessionhook/core/limits";
import { type Command, Option } from "commander";
import { httpUrl, integer, timeForms, timeSince } from "../option-parsers.js";
import type { Shell } from "../shell.js";
import type { FeedOptions } from "./read-feed.js";
import { type Start, startNow, startSince } from "./start.js";

export interface FollowOptions extends FeedOptions {
  readonly since?: (now: number) => number;
  readonly after?: string;
}

/** Part of the help of commands that call a server. */
export const environmentHelp = `
Environment: HOST, PORT, SESSIONHOOK_BASE_PATH, SESSIONHOOK_ADMIN_TOKEN; else the token that the server created at its first start.`;

/** Adds the options that select events. */
export function addFilterOptions(command: Command): Command {
  return command
    .addOption(new Option("--status <status>", "only events with this status").choices(eventStatuses))
    .option("--type <type>", "only this event type");
}

/** Adds the options of commands that call a server. */
export function addServerOptions(command: Command): Command {
  return command
    .option("--url <url>", "base URL of the server (default: from HOST and PORT)", httpUrl)
    .option("--token <token>", "admin token (default: SESSIONHOOK_ADMIN_TOKEN)");
}

/** Adds the options of a page of things, such as rows. */
export function addPageOptions(command: Command, things = "rows"): Command {
  return command
    .option("--limit <n>", `maximum number of ${things}`, integer(1, maxPageSize), defaultPageSize)
    .option("--cursor <cursor>", "continue after the previous page");
}

/** Adds the options that select where following begins. */
export function addStartOptions(command: Command): Command {
  return command
    .addOption(
      new Option("--since <time>", `begin with the events since this time: ${timeForms}`)
        .argParser(timeSince)
        .conflicts("after"),
    )
    .option("--after <position>", "begin after this position of the event log");
}

/** Returns where following begins: by default, now. */
export async function startOf(shell: Shell, options: FollowOptions): Promise<Start> {
  if (options.after !== undefined) return { after: options.after };
  const { since } = options;
  return since === undefined ? startNow(shell, options) : startSince(shell, options, since(shell.now()));
}
