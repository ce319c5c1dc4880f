import { SessionhookError } from "@sessionhook/core";
import { describeError, log, problemCodeOf, problemOf, ReceiveError, toResponse } from "@sessionhook/ingest";
import type { ErrorContext, OnError } from "./context.js";

/** An error from code of the app; `cause` is the thrown value. */
export function handlerFailed(cause: unknown): ReceiveError {
  return new ReceiveError("handler_failed", "The event was not handled; send it again", { cause });
}

export type Report = (error: unknown, context: ErrorContext) => void;

/** Logs the error and calls `onError`. Never throws, because a response must follow, and does not wait for a promise. */
export function reporter(onError: OnError = toConsole): Report {
  return (error, context) => {
    const cause = causeOf(error);
    const details = cause === undefined ? {} : { cause: describeError(cause) };
    log.error("webhook failed", { ...context, ...describeError(error), ...details });
    void callOnError(onError, error, context);
  };
}

/** Logs every failure of the hook, and writes both errors to the console: the hook did not report the first one. */
async function callOnError(onError: OnError, error: unknown, context: ErrorContext): Promise<void> {
  try {
    await onError(error, context);
  } catch (failure) {
    log.error("onError failed", describeError(failure));
    if (onError === toConsole) return;
    try {
      toConsole(error, context);
      // oxlint-disable-next-line no-console
      console.error("[sessionhook] onError failed:", failure);
    } catch {
      // Printing an object can throw, and Node ends the process at an unhandled rejection.
    }
  }
}

/** Without this, an error in the app's own handlers would be lost: no framework sees it. */
function toConsole(error: unknown, { code, id }: ErrorContext): void {
  const name = SessionhookError.isInstance(error) ? error.message : error;
  const cause = causeOf(error);
  // oxlint-disable-next-line no-console
  console.error(
    `[sessionhook] ${code}${id === undefined ? "" : ` (${id})`}:`,
    name,
    ...(cause === undefined ? [] : [cause]),
  );
}

/** Returns what made an error of this project, such as the error of a database; undefined if nothing did. */
function causeOf(error: unknown): unknown {
  return SessionhookError.isInstance(error) ? error.cause : undefined;
}

/**
 * Returns the response to a rejected message and reports errors of this side.
 * @param rejected called with the code of an error of the sender's side
 */
export function answerError(
  error: unknown,
  id: string | undefined,
  report: Report,
  rejected: (code: string) => void,
): Response {
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
      rejected(code);
  }
  return toResponse(problemOf(error));
}
