import process from "node:process";
import { getLogger } from "@logtape/logtape";
import { describeError } from "@sessionhook/ingest";

const log = getLogger(["sessionhook", "delivery"]);
let surviving = false;

/**
 * Logs errors that functions of the configuration file leave behind, such as of a promise without `await`. They would end the
 * process, or its delivery thread, with everything it is sending, and print the message of the error.
 */
export function surviveStrayErrors(): void {
  if (surviving) return;
  surviving = true;
  process.on("unhandledRejection", report);
  process.on("uncaughtException", report);
}

function report(error: unknown): void {
  log.error(
    "a function of the configuration file left an error behind: await every promise, and catch errors of timers and events",
    describeError(error),
  );
}
