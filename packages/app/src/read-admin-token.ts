import { leftoverOf } from "@sessionhook/core";
import { SettingError } from "./setting-readers.js";

const maxLength = 1000;
/** A shorter one can be guessed by everyone who reaches the port. */
const safeLength = 16;

/** Returns a warning about a short token; undefined if it is long enough. */
export function tokenWarning(token: string | undefined): string | undefined {
  if (token === undefined || token.length >= safeLength) return undefined;
  return `SESSIONHOOK_ADMIN_TOKEN has fewer than ${safeLength} characters and could be guessed; use a random one, such as that of openssl rand -hex 24`;
}

const placeholder = /^(?:undefined|null|\[object \w+\])$/i;

/** Accepts one word that a header can contain, without leftovers of a copy. */
export function readAdminToken(token: string): string {
  if (token === "") throw new SettingError("is set but empty; unset it, or give a token");
  const problem = placeholder.test(token) ? "is a placeholder, not a token" : leftoverOf(token);
  if (problem !== undefined) throw new SettingError(problem);
  if (!/^[\x21-\x7e]+$/.test(token)) throw new SettingError("must be one word of visible ASCII characters");
  // Requests with it would have a head that is too large.
  if (token.length > maxLength) throw new SettingError(`must have at most ${maxLength} characters`);
  return token;
}
