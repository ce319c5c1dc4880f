import { type Issue, SessionhookError } from "@sessionhook/core";
import type { ProblemCode } from "./problem-status.js";

export interface ReceiveErrorOptions extends ErrorOptions {
  /** With `invalid_payload`: what does not fit the schema. */
  readonly issues?: readonly Issue[];
  /** Headers that the answer needs, such as `allow`. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request that was refused; `code` is that of the problem document, the message its `detail`. */
export class ReceiveError extends SessionhookError {
  static override readonly errorName: string = "ReceiveError";
  readonly code: ProblemCode;
  readonly issues: readonly Issue[] | undefined;
  readonly headers: Readonly<Record<string, string>> | undefined;

  constructor(code: ProblemCode, message: string, options: ReceiveErrorOptions = {}) {
    super(message, options);
    this.code = code;
    this.issues = options.issues;
    this.headers = options.headers;
  }
}
