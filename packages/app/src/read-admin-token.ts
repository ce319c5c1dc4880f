import { leftoverOf } from "@sessionhook/core";
import { SettingError } from "./setting-readers.js";

const maxLength = 1000;

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
