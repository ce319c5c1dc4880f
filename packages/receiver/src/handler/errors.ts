import { SessionhookError } from "@sessionhook/core";
import { describeError } from "../describe-error.js";
import { toResponse } from "../http/http-answer.js";
import { log } from "../log.js";
import { problemCodeOf, problemOf } from "../problem.js";
import { ReceiveError } from "../receive-error.js";
import type { ErrorContext } from "./context.js";

/** Code of the app that failed; `cause` is what it threw. */
export function handlerFailed(cause: unknown): ReceiveError {
  return new ReceiveError("handler_failed", "The event was not handled; send it again", { cause });
}

export type Report = (error: unknown, context: ErrorContext) => void;

/** Tells log and `onError`, and never throws itself: an answer must follow. */
export function reporter(onError: Report = toConsole): Report {
  return (error, context) => {
    log.error("webhook failed", { ...context, ...describeError(error) });
    try {
      onError(error, context);
    } catch (failure) {
      log.error("onError failed", describeError(failure));
    }
  };
}

/** Without this, an error in the app's own handlers would show nowhere: no framework gets to see it. */
function toConsole(error: unknown, { code, id }: ErrorContext): void {
  const name = SessionhookError.isInstance(error) ? error.message : error;
  // oxlint-disable-next-line no-console
  console.error(`[sessionhook] ${code}${id === undefined ? "" : ` (${id})`}:`, name);
}

/** The answer to a delivery that was not taken; errors of this side are reported. */
export function answerError(error: unknown, id: string | undefined, report: Report): Response {
  const code = problemCodeOf(error);
  switch (code) {
    case "handler_failed":
      report((error as Error).cause, { code, id });
      break;
    case "store_unavailable":
    case "misconfigured":
    case "internal_error":
      report(error, { code, id });
      break;
    default:
      log.warn("request refused", { code });
  }
  return toResponse(problemOf(error));
}
