import process from "node:process";
import { getLogger } from "@logtape/logtape";
import { describeError } from "@sessionhook/ingest";
import { errorsOf } from "./settle-all.js";
import { StuckThread } from "./stuck-thread.js";

const log = getLogger(["sessionhook", "app"]);

/** A signal this soon after the first, in milliseconds, is the same Ctrl-C, forwarded by a parent process. */
const sameSignalMs = 500;

/**
 * Runs `stop` once on one of the signals and then ends the process; a second signal ends it at once.
 * @param stop resolves when every received message is durable
 */
export function onSignal(signals: readonly NodeJS.Signals[], stop: (signal: string) => Promise<void>): void {
  let since: number | undefined;
  for (const signal of signals) {
    process.on(signal, () => {
      if (since !== undefined) {
        if (performance.now() - since > sameSignalMs) process.exit(130);
        return;
      }
      since = performance.now();
      stop(signal).then(
        () => process.exit(0),
        (error: unknown) => {
          const errors = errorsOf(error);
          for (const each of errors) log.error("the app could not stop cleanly", described(each));
          // On Node an exit waits for the calls of the system that are under way in any thread.
          if (errors.some((each) => each instanceof StuckThread) && !("bun" in process.versions))
            process.kill(process.pid, "SIGKILL");
          process.exit(1);
        },
      );
    });
  }
}

function described(error: unknown): Record<string, unknown> {
  return error instanceof StuckThread ? { stuck: `the ${error.thread} thread` } : describeError(error);
}
