import { sign } from "@sessionhook/core";
import { requestBytes } from "@sessionhook/core/limits";
import { expect } from "vitest";
import { type RawExchange, requestText } from "../runtime/raw-exchange.js";
import { type AppProcess, secret } from "./app-process.js";

/** Just above 64 KiB: once more than 64 KiB of a body have arrived, its buffer has the full length. */
const bodyBytes = 70_000;

/** A message without its last byte. */
export class HalfSent {
  readonly id: string;
  /** Bytes of the body that were sent. */
  readonly bytes: number;
  readonly #exchange: RawExchange;

  private constructor(id: string, bytes: number, exchange: RawExchange) {
    this.id = id;
    this.bytes = bytes;
    this.#exchange = exchange;
  }

  static async begin(app: AppProcess, event: { id: string; body: string }): Promise<HalfSent> {
    const body = Buffer.from(event.body.padEnd(bodyBytes));
    const headers = Object.entries({
      ...sign(body, { id: event.id, secret }),
      "content-length": String(body.length),
    });
    const exchange = await app.connect();
    exchange.write(requestText("POST", "/webhooks", headers));
    exchange.write(body.subarray(0, -1));
    return new HalfSent(event.id, body.length - 1, exchange);
  }

  finish(): void {
    this.#exchange.write(" ");
  }

  /** Returns the answer as text, with its headers; empty if the connection was closed without one. */
  answer(): Promise<string> {
    return this.#exchange.until(/\}$/);
  }
}

/** Waits until the app has reserved memory for each body, which proves that it is reading them. */
export async function untilRead(app: AppProcess, requests: readonly HalfSent[]): Promise<void> {
  const reserved = requests.reduce((sum, { bytes }) => sum + bytes + requestBytes, 0);
  const held = async () => {
    // Without keep-alive: an idle connection would still be open when the app is stopped.
    const answer = await fetch(`${app.origin}/metrics`, { headers: { connection: "close" } });
    return Number(/^sessionhook_memory_budget_used_bytes (\d+)$/m.exec(await answer.text())?.[1]);
  };
  await expect.poll(held, { timeout: 30_000 }).toBeGreaterThanOrEqual(reserved);
}
