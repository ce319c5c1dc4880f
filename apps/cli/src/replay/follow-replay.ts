import { setTimeout } from "node:timers/promises";
import { type ApiOptions, callJson, type JsonAnswer, replayPath } from "../admin-api.js";
import { cell, fieldsOf } from "../cells.js";
import type { Shell } from "../shell.js";

const pollMs = 500;

/**
 * Waits until a replay ends and shows its progress on a terminal. An interrupt cancels it.
 * @param expected the deliveries it creates, such as `120 deliveries`
 * @returns the last answer about the replay
 */
export async function followReplay(
  shell: Shell,
  options: ApiOptions,
  id: string,
  expected: string,
): Promise<JsonAnswer> {
  // A separate request, which the interrupt does not stop.
  const uninterrupted = { ...shell, interrupted: new AbortController().signal };
  const call = (method: "GET" | "DELETE") => callJson(uninterrupted, options, method, replayPath(id));
  for (;;) {
    const answer = await call(shell.interrupted.aborted ? "DELETE" : "GET");
    if (answer.fields["state"] !== "running") {
      if (shell.stderr.isTTY === true) shell.stderr.write("\r\u001b[K");
      return answer;
    }
    if (shell.stderr.isTTY === true) shell.stderr.write(`\r\u001b[K${progress(answer, expected)}`);
    await setTimeout(pollMs, undefined, { signal: shell.interrupted }).catch(() => undefined);
  }
}

function progress({ fields }: JsonAnswer, expected: string): string {
  const counts = fieldsOf(fields["counts"]);
  return `${cell(fields["matched"])} of ${expected} created, ${cell(counts["delivered"])} delivered, ${cell(counts["dead"])} dead; Ctrl-C cancels`;
}
