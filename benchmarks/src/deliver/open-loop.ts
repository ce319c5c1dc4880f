import { Agent, request } from "node:http";
import { sign } from "@sessionhook/core";
import { bodyOf, bodyPool } from "../load/requests.ts";
import { secret } from "../secret.ts";

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
        open.push(this.#message(begun + (i * 1000) / perSecond));
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await Promise.all(open);
  }

  close(): void {
    this.#agent.destroy();
  }

  async #message(due: number): Promise<void> {
    const number = this.#sent++;
    const id = `evt_${String(number).padStart(26, "0")}`;
    const body = bodyOf(this.#bodies, number, id);
    this.due.set(id, due);
    while (!(await this.#isAnswered(id, body, due)));
  }

  /** Resolves to false if the server closed an idle connection in the moment in which it was used again. */
  #isAnswered(id: string, body: string, due: number): Promise<boolean> {
    return new Promise((resolve, reject) => {
      const headers = { ...sign(body, { id, secret }), "content-length": String(Buffer.byteLength(body)) };
      const sent = request(this.#url, { method: "POST", agent: this.#agent, headers }, (response) => {
        response.resume();
        response.on("end", () => {
          this.acknowledgements.push(performance.now() - due);
          if (response.statusCode === 200) resolve(true);
          else reject(new Error(`a message was answered with ${response.statusCode}`));
        });
      });
      sent.on("error", (error: NodeJS.ErrnoException) => {
        if (sent.reusedSocket && error.code === "ECONNRESET") resolve(false);
        else reject(error);
      });
      sent.end(body);
    });
  }
}
