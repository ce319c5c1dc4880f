import { bodyOf, bodyPool, countedId, requestOf } from "../load/requests.ts";
import { RawSender } from "./raw-sender.ts";

/** Sends signed messages at a fixed rate, whether or not the earlier ones were answered. */
export class OpenLoop {
  /** Time at which each message was due to be sent, by id: waiting for a busy sender counts too. */
  readonly due = new Map<string, number>();
  /** Milliseconds from when a message was due until it was acknowledged. */
  readonly acknowledgements: number[] = [];
  readonly #sender: RawSender;
  readonly #bodies = bodyPool("full");
  #made = 0;

  constructor(url: string) {
    this.#sender = new RawSender(url);
  }

  /** Signs all messages, and then sends them. @throws if one is not answered with 200 */
  async send(perSecond: number, seconds: number): Promise<void> {
    const total = perSecond * seconds;
    const messages = Array.from({ length: total }, () => this.#make());
    const begun = performance.now();
    const open: Promise<void>[] = [];
    for (let i = 0; i < total;) {
      const now = performance.now() - begun;
      for (; i < total && (i * 1000) / perSecond <= now; i++)
        open.push(this.#send(messages[i] as Message, begun + (i * 1000) / perSecond));
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await Promise.all(open);
  }

  close(): void {
    this.#sender.close();
  }

  #make(): Message {
    const number = this.#made++;
    const id = countedId(number);
    return { id, request: requestOf(id, Buffer.from(bodyOf(this.#bodies, number, id))) };
  }

  async #send({ id, request }: Message, due: number): Promise<void> {
    this.due.set(id, due);
    const status = await this.#sender.send(request);
    if (status !== 200) throw new Error(`a message was answered with ${status}`);
    this.acknowledgements.push(performance.now() - due);
  }
}

interface Message {
  readonly id: string;
  readonly request: Buffer;
}
