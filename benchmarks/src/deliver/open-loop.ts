import { Agent, request } from "node:http";
import { sign } from "@sessionhook/core";
import { bodyPool } from "../load/requests.ts";
import { secret } from "../secret.ts";

const idPattern = /evt_[0-9A-Za-z]{26}/;

/** Sends signed messages at a fixed rate, whether or not the earlier ones were answered. */
export class OpenLoop {
  /** Time at which each message was due to be sent, by id: waiting for a busy sender counts too. */
  readonly due = new Map<string, number>();
  /** Milliseconds from when a message was due until it was acknowledged. */
  readonly acknowledgements: number[] = [];
  readonly #url: string;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 64 });
  readonly #bodies = bodyPool("full");
  #sent = 0;

  constructor(url: string) {
    this.#url = url;
  }

  /** @throws if a message is not answered with 200 */
  async send(perSecond: number, seconds: number): Promise<void> {
    const begun = performance.now();
    const total = perSecond * seconds;
    const open: Promise<void>[] = [];
    for (let i = 0; i < total;) {
      const now = performance.now() - begun;
      for (; i < total && (i * 1000) / perSecond <= now; i++)
        open.push(this.#post(begun + (i * 1000) / perSecond));
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await Promise.all(open);
  }

  close(): void {
    this.#agent.destroy();
  }

  #post(due: number): Promise<void> {
    const number = this.#sent++;
    const id = `evt_${String(number).padStart(26, "0")}`;
    const body = (this.#bodies[number % this.#bodies.length] as string).replace(idPattern, id);
    this.due.set(id, due);
    return new Promise((resolve, reject) => {
      const headers = { ...sign(body, { id, secret }), "content-length": String(Buffer.byteLength(body)) };
      const sent = request(this.#url, { method: "POST", agent: this.#agent, headers }, (response) => {
        response.resume();
        response.on("end", () => {
          this.acknowledgements.push(performance.now() - due);
          if (response.statusCode === 200) resolve();
          else reject(new Error(`a message was answered with ${response.statusCode}`));
        });
      });
      sent.on("error", reject);
      sent.end(body);
    });
  }
}
