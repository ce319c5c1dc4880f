import type { Random } from "./random.js";

const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const mixedCase = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** Returns an id with 26 letters or digits: ten for the Unix milliseconds as in a ULID, then random ones (also I, L, O, U). */
export function timedId(prefix: string, ms: number, random: Random): string {
  let time = "";
  for (let rest = Math.floor(ms), i = 0; i < 10; i++, rest = Math.floor(rest / 32)) {
    time = (crockford[rest % 32] as string) + time;
  }
  return prefix + time + random.text(16);
}

/** Returns an opaque id of a click, a pixel or an account: upper and lower case letters and digits. */
export function opaqueId(prefix: string, length: number, random: Random): string {
  return prefix + random.text(length, mixedCase);
}

/** Converts a name for use in URLs: lower case, without accents, every other character outside a–z and 0–9 as a dash. */
export function slug(text: string): string {
  return text
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .replaceAll("ł", "l")
    .replaceAll("ß", "ss")
    .replaceAll("ø", "o")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "");
}
