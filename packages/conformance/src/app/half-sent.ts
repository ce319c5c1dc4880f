import { sign } from "@sessionhook/core";
import { expect } from "vitest";
import { type RawExchange, requestText } from "../runtime/raw-exchange.js";
import { type AppProcess, secret } from "./app-process.js";

/** Above 64 KiB every runtime counts a body while it arrives, so that the app can be asked what it has read. */
const bodyBytes = 70_000;

/** A delivery of which the last byte has not been sent yet. */
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

/** Waits until the app has reserved memory for what was sent of these: from then on they are under way for certain. */
export async function untilRead(app: AppProcess, requests: readonly HalfSent[]): Promise<void> {
  const sent = requests.reduce((sum, { bytes }) => sum + bytes, 0);
  const held = async () => {
    // A connection of its own each time: a kept one would be open when the app is told to stop.
    const answer = await fetch(`${app.origin}/metrics`, { headers: { connection: "close" } });
    return Number(/^sessionhook_held_bytes (\d+)$/m.exec(await answer.text())?.[1]);
  };
  await expect.poll(held, { timeout: 30_000 }).toBeGreaterThanOrEqual(sent);
}
