import type { Call, TableClient } from "./client.js";
import { Connections } from "./exchange.js";
import { Retries, type RetryOptions } from "./retry.js";
import { amzDate, authorizationOf, type AwsCredentials } from "./sign.js";
import { decode, encode, errorOf } from "./wire.js";

export interface SignedClientOptions extends Partial<RetryOptions> {
  readonly endpoint: URL;
  readonly region: string;
  /** Called for every attempt, so that credentials can change. */
  readonly credentials: () => AwsCredentials;
  /** Returns Unix milliseconds. Default: the system clock. */
  readonly now?: (() => number) | undefined;
  /** Limit of one attempt. Default: 3000. */
  readonly attemptMs?: number | undefined;
  /** Limit of an operation of the store with all its calls and attempts. Default: 10,000. */
  readonly operationMs?: number | undefined;
}

const connectMs = 1000;
/** DynamoDB rejects a signature that is more than 5 minutes away from its clock. */
const skewMs = 240_000;

/** A small client of DynamoDB's HTTP interface for environments where loading the AWS SDK takes too long. */
export class SignedClient implements TableClient {
  readonly #options: SignedClientOptions;
  readonly #connections: Connections;
  readonly #retries: Retries;
  /** DynamoDB's clock minus ours, in milliseconds. */
  #clockOffset = 0;

  constructor(options: SignedClientOptions) {
    this.#options = options;
    this.#connections = new Connections(options.endpoint);
    const { random = Math.random, wait = async (ms) => new Promise((resolve) => setTimeout(resolve, ms)) } =
      options;
    this.#retries = new Retries({ random, wait });
  }

  operation(): Call {
    const end = performance.now() + (this.#options.operationMs ?? 10_000);
    const msLeft = () => end - performance.now();
    const call = async (action: string, input: object): Promise<unknown> => {
      const body = encode(input);
      return decode(await this.#retries.run(async () => this.#attempt(action, body, msLeft()), msLeft));
    };
    return call as Call;
  }

  close(): void {
    this.#connections.close();
  }

  async #attempt(action: string, body: string, msLeft: number): Promise<string> {
    const { attemptMs = 3000, now = Date.now } = this.#options;
    const totalMs = Math.min(attemptMs, msLeft);
    if (totalMs <= 0) throw Object.assign(new Error("The operation took too long"), { name: "TimeoutError" });
    const offset = this.#clockOffset;
    const { status, date, text } = await this.#connections.post(
      this.#headersFor(action, body, now() + offset),
      body,
      { connectMs, totalMs },
    );
    if (!Number.isNaN(date)) this.#clockOffset = date - now();
    if (status === 200) return text;
    throw errorOf(text, { status, clockWasWrong: Math.abs(this.#clockOffset - offset) >= skewMs });
  }

  #headersFor(action: string, body: string, time: number): Record<string, string> {
    const { endpoint, region } = this.#options;
    const credentials = this.#options.credentials();
    const headers: Record<string, string> = {
      "content-type": "application/x-amz-json-1.0",
      host: endpoint.host,
      "x-amz-date": amzDate(time),
      "x-amz-target": `DynamoDB_20120810.${action}`,
      ...(credentials.sessionToken === undefined ? {} : { "x-amz-security-token": credentials.sessionToken }),
    };
    const request = { method: "POST", path: endpoint.pathname, headers, body };
    return {
      ...headers,
      authorization: authorizationOf(request, credentials, { region, service: "dynamodb" }),
    };
  }
}
