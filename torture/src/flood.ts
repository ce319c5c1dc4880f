import { Agent } from "node:http";
import { ask } from "./http.ts";
import { pause } from "./wait.ts";

export interface FloodRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** Maximum number of open requests: the memory of an attacker is limited too, so further requests are not sent. */
const mostUnderWay = 200;

/** Sends requests at a steady rate, whether or not earlier ones were answered. */
export class Flood {
  readonly #agent = new Agent({ keepAlive: true });
  readonly #running: Promise<void>;
  #underWay = 0;
  #stopped = false;
  /** Number of answers by status; 0 counts requests without an answer. */
  readonly statuses = new Map<number, number>();

  /** @param make builds a request just before it is sent, so that its timestamp is fresh */
  constructor(url: string, perSecond: number, make: () => FloodRequest) {
    this.#running = this.#run(url, 1000 / perSecond, make);
  }

  get answered(): number {
    return [...this.statuses.values()].reduce((sum, count) => sum + count, 0);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#running;
    this.#agent.destroy();
  }

  async #run(url: string, intervalMs: number, make: () => FloodRequest): Promise<void> {
    const began = performance.now();
    for (let turn = 1; !this.#stopped; turn++) {
      if (this.#underWay < mostUnderWay) void this.#send(url, make());
      await pause(Math.max(0, began + turn * intervalMs - performance.now()));
    }
  }

  async #send(url: string, request: FloodRequest): Promise<void> {
    this.#underWay++;
    const answer = await ask(url, { ...request, method: "POST", agent: this.#agent }).catch(() => undefined);
    this.#underWay--;
    const status = answer?.status ?? 0;
    this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
  }
}
