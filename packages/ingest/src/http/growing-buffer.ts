import { ReceiveError } from "../receive-error.js";
import type { Reservation } from "./memory-budget.js";

/** Initial size of the buffer for a body in several chunks, in bytes; it doubles as the body grows. */
const firstBuffer = 8 * 1024;

/** Collects the chunks of a body in one buffer, and reserves the memory of the buffer. */
export class GrowingBuffer {
  readonly #declared: number | undefined;
  readonly #max: number;
  readonly #reserved: Reservation;
  #buffer = new Uint8Array();
  #length = 0;

  /** @param declared the length the body will have, if it is known */
  constructor(declared: number | undefined, max: number, reserved: Reservation) {
    this.#declared = declared;
    this.#max = max;
    this.#reserved = reserved;
  }

  /** @throws ReceiveError `payload_too_large`, `overloaded` */
  add(chunk: Uint8Array): void {
    const needed = this.#length + chunk.length;
    if (needed > this.#max) throw tooLarge(this.#max);
    if (this.#length === 0 && needed === this.#declared) {
      // The usual case: all of it in one chunk, without copying.
      this.#reserved.grow(needed);
      this.#buffer = chunk as Uint8Array<ArrayBuffer>;
    } else {
      if (needed > this.#buffer.length) this.#grow(needed);
      this.#buffer.set(chunk, this.#length);
    }
    this.#length = needed;
  }

  bytes(): Uint8Array {
    return this.#length === this.#buffer.length ? this.#buffer : this.#buffer.slice(0, this.#length);
  }

  /** Lets go of everything that was added. */
  drop(): void {
    this.#buffer = new Uint8Array();
    this.#length = 0;
  }

  #grow(needed: number): void {
    const roomy = Math.min(Math.max(firstBuffer, 2 * this.#buffer.length), this.#declared ?? this.#max);
    const size = Math.max(needed, roomy);
    this.#reserved.grow(size - this.#buffer.length);
    const larger = new Uint8Array(size);
    larger.set(this.#buffer);
    this.#buffer = larger;
  }
}

export function tooLarge(max: number): ReceiveError {
  return new ReceiveError("payload_too_large", `The body is larger than ${max} bytes`);
}
