const digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/** 2^32 divided by the golden ratio: multiples of it are spread evenly, and no two below 2^32 are equal. */
const spreading = 0x9e3779b1;

/**
 * A message id as the provider makes them: `evt_`, ten characters of time (Unix milliseconds, the highest first) and 16
 * that look random. The same time and number give the same id, different numbers different ones.
 */
export function eventId(ms: number, number: number): string {
  const [a, b] = [Math.imul(number, spreading) >>> 0, Math.imul(number ^ 0x5bd1e995, spreading) >>> 0];
  return `evt_${timeText(ms)}${text(a, 7)}${text(b, 7)}${text(((a ^ b) >>> 0) % 1024, 2)}`;
}

/** The ten characters of time; their first `n` are the beginning of all ids within 32^(10 - n) milliseconds. */
export function timeText(ms: number): string {
  return text(Math.floor(ms), 10);
}

function text(value: number, length: number): string {
  let result = "";
  for (let rest = value, i = 0; i < length; i++, rest = Math.floor(rest / 32))
    result = (digits[rest % 32] as string) + result;
  return result;
}
