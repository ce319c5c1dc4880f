import type { SecretEncoding } from "@sessionhook/core";
import type { Headers } from "./headers-file.js";

/** A captured message that was rejected, and the settings it was verified with. */
export interface Captured {
  readonly body: Uint8Array;
  readonly headers: Headers;
  readonly secrets: readonly string[];
  readonly secretEncoding: SecretEncoding;
  readonly allowShortSecrets: boolean;
  /** Unix milliseconds. */
  readonly now: number;
  /** Secrets that were not used because others were given, and their source. */
  readonly elsewhere: readonly { readonly where: string; readonly secrets: readonly string[] }[];
}

/** The cause of a rejection: a stable code for scripts, and a sentence. */
export interface Cause {
  readonly code: string;
  readonly message: string;
}
