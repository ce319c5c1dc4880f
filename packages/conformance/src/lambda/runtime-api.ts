import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

interface Invocation {
  readonly id: string;
  readonly event: string;
  readonly settle: (result: { readonly ok: boolean; readonly text: string }) => void;
}

const prefix = "/2018-06-01/runtime";

/**
 * The Runtime API of Lambda (https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html) on this
 * machine. Invocations are distributed over the runtimes that request one, as over execution environments.
 */
export class RuntimeApi {
  readonly #server = createServer((req, res) => void this.#answer(req, res));
  readonly #open: Invocation[] = [];
  readonly #idle: ServerResponse[] = [];
  readonly #underway = new Map<string, Invocation>();
  /** The error of a runtime that could not start. */
  initError: string | undefined;

  /** Starts listening and returns the value of AWS_LAMBDA_RUNTIME_API. */
  async listen(): Promise<string> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Passes an event to a runtime and returns the result of its handler; rejects with the error it threw. */
  async invoke(event: unknown): Promise<unknown> {
    if (this.initError !== undefined) throw new Error(this.initError);
    const { ok, text } = await new Promise<{ ok: boolean; text: string }>((settle) => {
      this.#open.push({ id: randomUUID(), event: JSON.stringify(event), settle });
      this.#dispatch();
    });
    if (!ok) throw new Error(`the function failed: ${text}`);
    return JSON.parse(text);
  }

  /** Rejects the running invocations of a runtime that has ended. */
  ended(reason: string): void {
    this.initError ??= reason;
    for (const { settle } of this.#underway.values()) settle({ ok: false, text: reason });
    this.#underway.clear();
  }

  /** Resolves once this many runtimes wait for an invocation; rejects if one could not start or on a timeout. */
  async ready(runtimes = 1, ms = 60_000): Promise<void> {
    for (const end = Date.now() + ms; this.#idle.length < runtimes; await sleep(10)) {
      if (this.initError !== undefined) throw new Error(this.initError);
      if (Date.now() > end) throw new Error("no runtime asked for work");
    }
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const path = req.url?.slice(prefix.length) ?? "";
    if (path === "/invocation/next") {
      this.#idle.push(res);
      req.once("close", () => res.destroyed && this.#idle.splice(this.#idle.indexOf(res), 1));
      this.#dispatch();
      return;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const [, id = "", kind] = /^\/invocation\/([^/]+)\/(response|error)$/.exec(path) ?? [];
    if (path === "/init/error") this.initError = text;
    // Acknowledge before settling: the runtime may request the next invocation before the test continues.
    res.writeHead(202, { "content-type": "application/json" }).end('{"status":"OK"}');
    this.#underway.get(id)?.settle({ ok: kind === "response", text });
    this.#underway.delete(id);
  }

  #dispatch(): void {
    while (this.#open.length > 0 && this.#idle.length > 0) {
      const invocation = this.#open.shift() as Invocation;
      this.#underway.set(invocation.id, invocation);
      (this.#idle.shift() as ServerResponse)
        .writeHead(200, {
          "content-type": "application/json",
          "lambda-runtime-aws-request-id": invocation.id,
          "lambda-runtime-deadline-ms": String(Date.now() + 30_000),
          "lambda-runtime-invoked-function-arn": "arn:aws:lambda:eu-central-1:000000000000:function:test",
          "lambda-runtime-trace-id":
            "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=0",
        })
        .end(invocation.event);
    }
  }
}
