import { callJson, replayPath } from "../admin-api.js";
import { fieldsOf } from "../cells.js";
import { failure, usageError } from "../cli-error.js";
import { harmless, print, printJsonText, type Shell } from "../shell.js";
import { followReplay } from "./follow-replay.js";
import { listReplays } from "./list-replays.js";
import { countOf, printEnd, printNext, printPreview } from "./report.js";
import type { ReplayOptions } from "./options.js";
import { postReplay } from "./post-replay.js";

/** Lists or cancels replays, or counts or starts a new one, as the options select. */
export async function runReplay(shell: Shell, options: ReplayOptions): Promise<void> {
  if (options.cancel !== undefined) return cancel(shell, options, options.cancel);
  if (options.list === true) return listReplays(shell, options);
  if (options.limit !== undefined) throw usageError("--limit needs --list");
  if (options.cursor !== undefined) throw usageError("--cursor needs --list");
  await startReplay(shell, options);
}

async function startReplay(shell: Shell, options: ReplayOptions): Promise<void> {
  const { text, fields } = await postReplay(shell, options);
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
  shell.stderr.write(`started replay ${harmless(id)}, ${countOf(fields)}\n`);
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
