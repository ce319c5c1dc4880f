const digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/** 2^32 divided by the golden ratio: its multiples modulo 2^32 are evenly spread and differ for different factors. */
const spreading = 0x9e3779b1;

/**
 * Returns a message id in the provider's format: `evt_`, ten characters of time (Unix milliseconds, most significant
 * first) and 16 characters that look random. The id depends only on the arguments and differs for every number.
 */
export function eventId(ms: number, number: number): string {
  const [a, b] = [Math.imul(number, spreading) >>> 0, Math.imul(number ^ 0x5bd1e995, spreading) >>> 0];
  return `evt_${timeText(ms)}${text(a, 7)}${text(b, 7)}${text(((a ^ b) >>> 0) % 1024, 2)}`;
}

/** Returns the ten characters of time; all ids within 32^(10 - n) milliseconds share the first `n` of them. */
export function timeText(ms: number): string {
  return text(Math.floor(ms), 10);
}

function text(value: number, length: number): string {
  let result = "";
  for (let rest = value, i = 0; i < length; i++, rest = Math.floor(rest / 32))
    result = (digits[rest % 32] as string) + result;
  return result;
}
