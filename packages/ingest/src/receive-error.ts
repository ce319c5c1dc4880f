import { type IssueList, SessionhookError } from "@sessionhook/core";
import type { ProblemCode } from "@sessionhook/core/problem-codes";

export interface ReceiveErrorOptions extends ErrorOptions {
  /** With `invalid_payload`: the issues of the body. */
  readonly issues?: IssueList;
  /** Headers that the response needs, such as `allow`. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A rejected request; `code` is that of the problem document, the message its `detail`. */
export class ReceiveError extends SessionhookError {
  static override readonly errorName: string = "ReceiveError";
  readonly code: ProblemCode;
  readonly issues: IssueList | undefined;
  readonly headers: Readonly<Record<string, string>> | undefined;

  constructor(code: ProblemCode, message: string, options: ReceiveErrorOptions = {}) {
    super(message, options);
    this.code = code;
    this.issues = options.issues;
    this.headers = options.headers;
  }
}
