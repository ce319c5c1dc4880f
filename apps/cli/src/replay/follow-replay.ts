import { type ApiOptions, callJson, type JsonAnswer, replayPath } from "../admin-api.js";
import { cell, fieldsOf } from "../cells.js";
import { CliError, failure } from "../cli-error.js";
import { ownCommand } from "../own-command.js";
import { pause } from "../send/pacer.js";
import { harmless, type Shell, shellQuoted } from "../shell.js";
import { untilAnswered } from "../until-answered.js";

const pollMs = 500;

/**
 * Waits until a replay ends and shows its progress on a terminal; waits for a server that restarts. An interrupt cancels the replay.
 * @param expected the deliveries it creates, such as `120 deliveries`
 * @returns the last answer about the replay
 * @throws CliError with the command that cancels the replay
 */
export async function followReplay(
  shell: Shell,
  options: ApiOptions,
  id: string,
  expected: string,
): Promise<JsonAnswer> {
  const show = (line: string) => {
    if (shell.stderr.isTTY === true) shell.stderr.write(`\r\u001b[K${line}`);
  };
  try {
    for (;;) {
      // The answer can be an error, which is shown on a separate line.
      show("");
      const answer = await askAbout(shell, options, id);
      if (answer !== undefined && answer.fields["state"] !== "running") return answer;
      if (answer !== undefined) show(progress(answer, expected));
      await pause(pollMs, shell.interrupted);
    }
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    const cancel = ownCommand(shell, `replay --cancel ${shellQuoted(id)}`);
    const message = `${error.message}; replay ${harmless(id)} may still be running, cancel it with ${cancel}`;
    throw failure(error.code, message, { cause: error });
  }
}

/** Returns the state of a replay; undefined when interrupted. After an interrupt, cancels it and returns its last state. */
async function askAbout(shell: Shell, options: ApiOptions, id: string): Promise<JsonAnswer | undefined> {
  const path = replayPath(id);
  if (!shell.interrupted.aborted) return untilAnswered(shell, () => callJson(shell, options, "GET", path));
  // The interrupt does not stop this request.
  const uninterrupted = { ...shell, interrupted: new AbortController().signal };
  return callJson(uninterrupted, options, "DELETE", path);
}

function progress({ fields }: JsonAnswer, expected: string): string {
  const counts = fieldsOf(fields["counts"]);
  return `${cell(fields["matched"])} of ${expected} created, ${cell(counts["delivered"])} delivered, ${cell(counts["dead"])} dead; Ctrl-C cancels`;
}
