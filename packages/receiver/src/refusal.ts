import { SignatureError, StoreError } from "@sessionhook/core";
import type { ProblemCode } from "./problem.js";
import { ReceiveError } from "./receive-error.js";

/** What a sender whose delivery was not taken is told: the parts of a problem document. */
export interface Refusal {
  readonly code: ProblemCode;
  readonly detail: string;
  readonly extra: Record<string, unknown>;
  readonly headers: Record<string, string>;
}

/** Seconds after which a sender may try again, by code. */
const retryAfter: Partial<Record<ProblemCode, string>> = { overloaded: "1", store_unavailable: "5" };

/** The refusal an error stands for; undefined for an error that nobody foresaw. */
export function refusalOf(error: unknown): Refusal | undefined {
  const code = codeOf(error);
  if (code === undefined) return undefined;
  const after = retryAfter[code];
  return {
    code,
    detail: (error as Error).message,
    extra: ReceiveError.isInstance(error) && error.issues !== undefined ? { issues: error.issues } : {},
    headers: {
      ...(after === undefined ? {} : { "retry-after": after }),
      // Only a sender that stalls is cut off: closing on one that still sends would keep the refusal from it.
      ...(code === "request_timeout" ? { connection: "close" } : {}),
    },
  };
}

function codeOf(error: unknown): ProblemCode | undefined {
  if (ReceiveError.isInstance(error) || SignatureError.isInstance(error)) return error.code;
  return StoreError.isInstance(error) ? "store_unavailable" : undefined;
}
