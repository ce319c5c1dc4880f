import { sign } from "@sessionhook/core";
import { expect } from "vitest";
import { type RawExchange, requestText } from "../runtime/raw-exchange.js";
import { type AppProcess, secret } from "./app-process.js";

/** Just above 64 KiB: the buffer of a body has its whole length once more than 64 KiB have arrived. */
const bodyBytes = 70_000;

/** A message of which the last byte has not been sent yet. */
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

  /** What was answered, as it came over the wire; empty where the connection was cut. */
  answer(): Promise<string> {
    return this.#exchange.until(/\}$/);
  }
}

/** Bytes that an app reserves for a request beside its body. */
const requestBytes = 16 * 1024;

/** Waits until the app has reserved memory for the whole of each body: from then on they are certainly under way. */
export async function untilRead(app: AppProcess, requests: readonly HalfSent[]): Promise<void> {
  const reserved = requests.reduce((sum, { bytes }) => sum + bytes + requestBytes, 0);
  const held = async () => {
    // A connection of its own each time: a kept one would be open when the app is told to stop.
    const answer = await fetch(`${app.origin}/metrics`, { headers: { connection: "close" } });
    return Number(/^sessionhook_memory_budget_used_bytes (\d+)$/m.exec(await answer.text())?.[1]);
  };
  await expect.poll(held, { timeout: 30_000 }).toBeGreaterThanOrEqual(reserved);
}
