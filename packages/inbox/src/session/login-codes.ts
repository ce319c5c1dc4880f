import type { RandomFill } from "@sessionhook/core";
import type { Clock } from "../clock.js";
import { hexadecimal } from "./hexadecimal.js";

const lifetimeMilliseconds = 15 * 60 * 1000;
const maxCodes = 16;

/** Sign-in codes that work once. Held in memory, the newest 16 of them. */
export class LoginCodes {
  readonly #expiryByCode = new Map<string, number>();
  readonly #now: Clock;
  readonly #random: RandomFill;

  constructor(now: Clock, random: RandomFill) {
    this.#now = now;
    this.#random = random;
  }

  /** A new code of 256 random bits, as 64 hexadecimal digits, and its end in Unix milliseconds. */
  create(): { readonly code: string; readonly expiresAt: number } {
    const bytes = this.#random(new Uint8Array(32));
    const code = hexadecimal(bytes);
    const oldest = this.#expiryByCode.keys().next();
    if (this.#expiryByCode.size >= maxCodes && oldest.done !== true) this.#expiryByCode.delete(oldest.value);
    const expiresAt = this.#now() + lifetimeMilliseconds;
    this.#expiryByCode.set(code, expiresAt);
    return { code, expiresAt };
  }

  /** Returns whether the code is valid now, without consuming it. */
  isValid(code: string): boolean {
    const expiry = this.#expiryByCode.get(code);
    return expiry !== undefined && expiry > this.#now();
  }

  /** Uses the code up; true when it was still good. */
  redeem(code: string): boolean {
    const valid = this.isValid(code);
    this.#expiryByCode.delete(code);
    return valid;
  }
}
