import type { Outcome, Reason } from "@sessionhook/core";
import { type Mask, excerptOf } from "../mask/excerpt.js";
import { retryOf } from "./abort.js";
import type { AddressProblem } from "./addresses.js";
import type { Failure } from "./http-client.js";
import type { Answer } from "./read-answer.js";
import { retryAfter } from "./retry-after.js";

/** Pause after an answer 429 without Retry-After, in milliseconds. */
const defaultPaceMs = 30_000;
/** Minimum pause: a shorter one would be an immediate attempt. */
const leastPaceMs = 1_000;

const blocksApi = new Set([401, 403, 404]);
const blocking = new Set([
  "address_not_allowed",
  "address_reserved",
  "metadata_address",
  "not_permitted",
] satisfies (AddressProblem | "not_permitted")[] as string[]);
const rejectsApi = new Set([400, 413, 422]);

export interface AnswerContext {
  readonly kind: "webhook" | "api";
  readonly now: number;
  readonly mask: Mask;
}

/** Returns the reason of an unsuccessful answer. */
export function reasonOf(answer: Answer, mask: Mask, code = `http_${answer.status}`): Reason {
  const excerpt = excerptOf(answer.text, answer.cut, mask);
  return { code, status: answer.status, ...(excerpt === "" ? {} : { excerpt }) };
}

/** Returns the outcome of a request, as the table of docs/destinations defines it. */
export function outcomeOf(answer: Answer | Failure, { kind, now, mask }: AnswerContext): Outcome {
  if ("failure" in answer) return failed(answer.failure);
  const { status } = answer;
  if (status >= 200 && status < 300) return { outcome: "delivered" };
  const reason = reasonOf(answer, mask);
  const after = retryAfter(answer.retryAfter, now);
  if (status === 429 || (status === 503 && after !== undefined))
    return { outcome: "paced", reason, until: Math.max(after ?? now + defaultPaceMs, now + leastPaceMs) };
  if (status === 410 || (kind === "api" && blocksApi.has(status))) return { outcome: "blocked", reason };
  if (kind === "api" && rejectsApi.has(status)) return { outcome: "rejected", reason };
  return { outcome: "retry", reason, after };
}

/** Blocks the destination for a refused address, which only a change of configuration or DNS fixes; retries otherwise. */
function failed(code: string): Outcome {
  return blocking.has(code) ? { outcome: "blocked", reason: { code } } : retryOf(code);
}
