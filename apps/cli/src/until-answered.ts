import { CliError } from "./cli-error.js";
import { pause } from "./send/pacer.js";
import type { Shell } from "./shell.js";

const firstWaitMs = 500;
const longestWaitMs = 5000;

/**
 * Calls a server until it answers: while it cannot be reached or cannot answer now, waits for it and reports that on standard error.
 * @returns undefined when interrupted
 * @throws CliError for a failure that waiting does not fix
 */
export async function untilAnswered<T>(shell: Shell, call: () => Promise<T>): Promise<T | undefined> {
  for (let wait = firstWaitMs; ; wait = Math.min(longestWaitMs, wait * 2)) {
    try {
      const answer = await call();
      if (wait > firstWaitMs) shell.stderr.write("the server answers again\n");
      return answer;
    } catch (error) {
      if (shell.interrupted.aborted) return undefined;
      if (!(error instanceof CliError) || !error.temporary) throw error;
      if (wait === firstWaitMs) shell.stderr.write(`${error.message}; waiting for it\n`);
      if (!(await pause(wait, shell.interrupted))) return undefined;
    }
  }
}
