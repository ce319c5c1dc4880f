import { CliError } from "../cli-error.js";

export type Outcome = "ok" | "warning" | "failed" | "not checked";

/** The outcome of one check. */
export interface Finding {
  readonly check: string;
  readonly outcome: Outcome;
  readonly message: string;
  /** The next step for the operator. */
  readonly action?: string;
}

export type Check = (outcome: Outcome, message: string, action?: string) => Finding;

/** Returns a function that makes findings of one check. */
export function findingsOf(check: string): Check {
  return (outcome, message, action) => ({
    check,
    outcome,
    message,
    ...(action === undefined ? {} : { action }),
  });
}

/** Returns the message of an error that users can cause. */
export function messageOf(error: unknown): string {
  if (error instanceof CliError) return error.message;
  throw error;
}
