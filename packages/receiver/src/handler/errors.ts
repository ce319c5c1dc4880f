import { ConfigurationError, SessionhookError } from "@sessionhook/core";
import { describeError } from "../describe-error.js";
import { log } from "../log.js";
import { problemResponse } from "../problem.js";
import { ReceiveError } from "../receive-error.js";
import { refusalOf } from "../refusal.js";
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
  const refusal = refusalOf(error);
  if (refusal !== undefined) {
    const { code, detail, extra, headers } = refusal;
    if (code === "handler_failed") report((error as Error).cause, { code, id });
    else if (code === "store_unavailable") report(error, { code, id });
    else log.warn("request refused", { code });
    return problemResponse(code, detail, extra, headers);
  }
  if (ConfigurationError.isInstance(error)) {
    report(error, { code: "misconfigured", id });
    // Of a secret not even what is wrong with it goes out.
    const detail = error.code === "invalid_secret" ? "The signing secrets are not usable" : error.message;
    return problemResponse("misconfigured", detail);
  }
  report(error, { code: "internal_error", id });
  return problemResponse("internal_error", "Something went wrong; send the event again");
}
