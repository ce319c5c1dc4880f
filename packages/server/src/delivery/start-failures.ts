import { getLogger } from "@logtape/logtape";

const log = getLogger(["sessionhook", "delivery"]);

/** Counts the starts of the deliveries that fail in a row, and logs each reason once. */
export class StartFailures {
  readonly #overMessage: string;
  #inARow = 0;
  #logged: string | undefined;

  /** @param overMessage logged for a start that follows failed ones */
  constructor(overMessage: string) {
    this.#overMessage = overMessage;
  }

  /** Returns the pause before the next start, which doubles with each failure, up to the longest one, in milliseconds. */
  pause(firstMs: number, longestMs: number): number {
    return Math.min(longestMs, firstMs * 2 ** Math.min(this.#inARow, 16));
  }

  /** Call it for each start that has failed. Logs a message with its properties, unless the one before was the same. */
  failed(message: string, properties: Record<string, unknown>): void {
    this.#inARow++;
    const line = JSON.stringify([message, { ...properties, stack: undefined }]);
    if (line !== this.#logged) log.error(message, properties);
    this.#logged = line;
  }

  /** Call it when they run. */
  over(): void {
    if (this.#inARow > 0) log.info(this.#overMessage);
    this.#inARow = 0;
    this.#logged = undefined;
  }
}
