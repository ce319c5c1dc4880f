import * as http from "node:http";
import * as https from "node:https";
import { isIP } from "node:net";
import type { Lookup } from "../driver.js";
import { abortCode, beforeAbort, ClosedError } from "./abort.js";
import type { Network } from "./config.js";
import { failureCode, isConnectFailure } from "./failure-code.js";
import { type Answer, readAnswer } from "./read-answer.js";
import { Resolver } from "./resolver.js";

export interface HttpClientOptions {
  readonly url: URL;
  readonly network: Network;
  readonly now: () => number;
  readonly lookup?: Lookup | undefined;
}

/** A request without an answer; `failure` is the code of a `Reason`. */
export interface Failure {
  readonly failure: string;
}

export interface PostRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly signal: AbortSignal;
}

/** Time limit to connect to an address if the host has another one, in milliseconds. */
const connectMs = 3_000;
/** An idle connection is closed after this time, in milliseconds. */
const idleMs = 30_000;

/**
 * Posts to one URL. It resolves the host itself, connects to the checked address with the name in SNI and Host, verifies
 * certificates, follows no redirect and uses no proxy. node:http behaves alike on Node, Bun and Deno; fetch does not.
 */
export class HttpClient {
  readonly #url: URL;
  readonly #host: string;
  readonly #resolver: Resolver;
  readonly #agent: http.Agent | https.Agent;
  readonly #closing = new AbortController();
  /** The address that answered last is tried first. */
  #preferred: string | undefined;

  constructor({ url, network, now, lookup }: HttpClientOptions) {
    this.#url = url;
    // Without the brackets of IPv6 and the final dot of a fully qualified name, which certificates do not have.
    this.#host = url.hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
    this.#resolver = new Resolver(this.#host, network, now, lookup);
    // Deno sends through the proxy of the environment with NODE_USE_ENV_PROXY=1, unless the agent gets another environment.
    const options = { keepAlive: true, timeout: idleMs, maxFreeSockets: 64, proxyEnv: {} };
    this.#agent = url.protocol === "https:" ? new https.Agent(options) : new http.Agent(options);
  }

  /** Sends one request; never rejects. */
  async post(request: PostRequest): Promise<Answer | Failure> {
    const signal = AbortSignal.any([request.signal, this.#closing.signal]);
    try {
      const addresses = [...(await beforeAbort(this.#resolver.addresses(), signal))];
      const preferred = this.#preferred;
      addresses.sort((a, b) => Number(b === preferred) - Number(a === preferred));
      let result: Answer | Failure = { failure: "connection_failed" };
      for (const [index, address] of addresses.entries()) {
        const more = index + 1 < addresses.length;
        result = await this.#exchange(address, { ...request, signal }, more ? connectMs : undefined);
        if (!("failure" in result)) this.#preferred = address;
        if (!("failure" in result) || !isConnectFailure(result.failure) || signal.aborted) break;
      }
      return result;
    } catch (error) {
      return { failure: this.#codeOf(error, signal) };
    }
  }

  async #exchange(address: string, request: PostRequest, limit?: number): Promise<Answer | Failure> {
    for (let again = false; ; again = true) {
      const { result, reused } = await this.#once(address, request, limit);
      // The server closed an idle connection while it was used again. The message id makes it safe to repeat.
      if (!reused || again || !("failure" in result) || result.failure !== "connection_reset") return result;
    }
  }

  #once(
    address: string,
    { headers, body, signal }: PostRequest,
    limit?: number,
  ): Promise<{ result: Answer | Failure; reused: boolean }> {
    const { protocol, port, host, pathname, search } = this.#url;
    const secure = protocol === "https:";
    return new Promise((resolve) => {
      const request = (secure ? https : http).request({
        method: "POST",
        host: address,
        port: port === "" ? (secure ? 443 : 80) : Number(port),
        path: `${pathname}${search}`,
        agent: this.#agent,
        headers: {
          host: host.replace(/\.(?=:|$)/, ""),
          "accept-encoding": "identity",
          "content-length": String(body.byteLength),
          ...headers,
        },
        ...(secure
          ? { rejectUnauthorized: true, ...(isIP(this.#host) === 0 && { servername: this.#host }) }
          : {}),
      });
      const abort = () => {
        request.destroy();
        done({ failure: abortCode(signal) });
      };
      const late = () => request.destroy(Object.assign(new Error("connecting"), { code: "ETIMEDOUT" }));
      const timer = limit === undefined ? undefined : setTimeout(late, limit);
      const done = (result: Answer | Failure) => {
        clearTimeout(timer);
        signal.removeEventListener("abort", abort);
        resolve({ result, reused: request.reusedSocket });
      };
      signal.addEventListener("abort", abort);
      request.on("socket", (socket) => {
        if (!socket.connecting) clearTimeout(timer);
        else socket.once(secure ? "secureConnect" : "connect", () => clearTimeout(timer));
      });
      request.on("error", (error) => done({ failure: this.#codeOf(error, signal) }));
      // 101: node:http hands over the socket, and the request ends without an error.
      request.on("upgrade", (_, socket) => {
        socket.destroy();
        done({ failure: "invalid_answer" });
      });
      request.on("response", (response) => {
        // From here on the status decides, even if the body fails.
        signal.removeEventListener("abort", abort);
        request.removeAllListeners("error").on("error", () => undefined);
        readAnswer(response, signal, done);
      });
      if (signal.aborted) abort();
      else request.end(body);
    });
  }

  #codeOf(error: unknown, signal: AbortSignal): string {
    return signal.aborted ? abortCode(signal) : failureCode(error);
  }

  /** Closes all connections; requests that are under way fail with `closed`. */
  close(): void {
    this.#closing.abort(new ClosedError());
    this.#agent.destroy();
  }
}
