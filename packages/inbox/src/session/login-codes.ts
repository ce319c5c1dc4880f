import type { RandomFill } from "@sessionhook/core";
import type { Clock } from "../clock.js";
import { hexadecimal } from "./hexadecimal.js";

const lifetimeMilliseconds = 15 * 60 * 1000;
const maxCodes = 16;

/** Sign-in codes that work once, and only while the admin token is unchanged. The newest 16 are in memory. */
export class LoginCodes {
  readonly #codes = new Map<string, { readonly expiry: number; readonly adminToken: string }>();
  readonly #adminToken: () => string;
  readonly #now: Clock;
  readonly #random: RandomFill;

  constructor(adminToken: () => string, now: Clock, random: RandomFill) {
    this.#adminToken = adminToken;
    this.#now = now;
    this.#random = random;
  }

  /** Creates a code of 256 random bits; returns it as 64 hexadecimal digits, with its expiry in Unix milliseconds. */
  create(): { readonly code: string; readonly expiresAt: number } {
    const bytes = this.#random(new Uint8Array(32));
    const code = hexadecimal(bytes);
    const oldest = this.#codes.keys().next();
    if (this.#codes.size >= maxCodes && oldest.done !== true) this.#codes.delete(oldest.value);
    const expiresAt = this.#now() + lifetimeMilliseconds;
    this.#codes.set(code, { expiry: expiresAt, adminToken: this.#adminToken() });
    return { code, expiresAt };
  }

  /** Returns whether the code is valid now, without consuming it. */
  isValid(code: string): boolean {
    const made = this.#codes.get(code);
    return made !== undefined && made.expiry > this.#now() && made.adminToken === this.#adminToken();
  }

  /** Consumes the code; returns whether it was valid. */
  redeem(code: string): boolean {
    const valid = this.isValid(code);
    this.#codes.delete(code);
    return valid;
  }
}
