import { AwsError } from "./aws-error.js";

/** The reason to send a request again; undefined if the answer would be the same. */
type Retryable = "transient" | "throttled" | undefined;

const throttlings = new Set([
  "LimitExceededException",
  "ProvisionedThroughputExceededException",
  "RequestLimitExceeded",
  "ThrottlingException",
  "TransactionInProgressException",
]);
/** The answers to a signature with a wrong time. */
const clockErrors = new Set([
  "AccessDeniedException",
  "InvalidSignatureException",
  "RequestExpired",
  "RequestTimeTooSkewed",
  "SignatureDoesNotMatch",
]);
const networkErrors = new Set([
  "EAI_AGAIN",
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EPIPE",
  "ETIMEDOUT",
]);

export function retryable(error: unknown): Retryable {
  if (!(error instanceof Error)) return undefined;
  if (error instanceof AwsError) {
    if (error.status === 429 || throttlings.has(error.name)) return "throttled";
    if (error.clockWasWrong && clockErrors.has(error.name)) return "transient";
    // Lambda can freeze the process between the signature and the request.
    if (error.name === "InvalidSignatureException" && error.message.includes("Signature expired"))
      return "transient";
    return error.status >= 500 && error.status <= 504 && error.status !== 501 ? "transient" : undefined;
  }
  const { code = "" } = error as NodeJS.ErrnoException;
  return error.name === "TimeoutError" || networkErrors.has(code) ? "transient" : undefined;
}

const attempts = 3;
const [transientDelayMs, throttledDelayMs] = [50, 1000];
/** A retry takes tokens, and an answer gives back those of its retry, or one. */
const [budget, transientCost, throttledCost] = [500, 14, 5];

export interface RetryOptions {
  /** Returns a number from 0 to below 1. */
  readonly random: () => number;
  readonly wait: (ms: number) => Promise<void>;
}

/**
 * Retries like the `standard` mode of the AWS SDK: 3 attempts with exponential backoff and full jitter. All requests of a
 * client share a budget, so an overloaded DynamoDB soon receives each request only once.
 */
export class Retries {
  readonly #options: RetryOptions;
  #tokens = budget;

  constructor(options: RetryOptions) {
    this.#options = options;
  }

  /**
   * @param attempt sends the request once
   * @param msLeft returns the milliseconds that are left for all attempts
   */
  async run<Result>(attempt: () => Promise<Result>, msLeft: () => number): Promise<Result> {
    let paid = 1;
    for (let count = 1; ; count++) {
      try {
        const result = await attempt();
        this.#tokens = Math.min(budget, this.#tokens + paid);
        return result;
      } catch (error) {
        const kind = retryable(error);
        const cost = kind === "throttled" ? throttledCost : transientCost;
        if (kind === undefined || count >= attempts || this.#tokens < cost) throw error;
        const base = kind === "throttled" ? throttledDelayMs : transientDelayMs;
        const delay = Math.floor(this.#options.random() * base * 2 ** (count - 1));
        if (delay >= msLeft()) throw error;
        this.#tokens -= cost;
        paid = cost;
        await this.#options.wait(delay);
      }
    }
  }
}
