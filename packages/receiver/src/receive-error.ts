import { type Issue, SessionhookError } from "@sessionhook/core";
import type { ProblemCode } from "./problem.js";

/** A request that was not taken; `code` is that of the problem document. */
export class ReceiveError extends SessionhookError {
  static override readonly errorName: string = "ReceiveError";
  readonly code: ProblemCode;
  /** With `invalid_payload`: the misfits. */
  readonly issues: readonly Issue[] | undefined;

  constructor(
    code: ProblemCode,
    message: string,
    options: ErrorOptions & { issues?: readonly Issue[] } = {},
  ) {
    super(message, options);
    this.code = code;
    this.issues = options.issues;
  }
}
