/** Maximum length of a name, title or place. */
export const maxNameLength = 300;
/** Maximum length of an id or key. */
export const maxKeyLength = 512;

const dayMs = 86_400_000;

/** Returns the text, cut between two characters if it is too long; null without one. */
export function cut(text: string | undefined, most: number): string | null {
  if (text === undefined || text.length <= most) return text ?? null;
  const last = text.charCodeAt(most - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? most - 1 : most).trimEnd();
}

/**
 * Returns a function that takes a time for that of receipt if it cannot be right: not after the start of 1970, or more than a day after
 * receipt. The others become whole milliseconds.
 */
export function limitTo(receivedAt: number): (time: number) => number {
  const received = Math.floor(receivedAt);
  return (time) => (time <= 0 || time > received + dayMs ? received : Math.floor(time));
}

/** Returns an amount of money; null without one, for a negative one, and beyond what a number holds exactly. */
export function amount(value: number | undefined): number | null {
  return value === undefined || value < 0 || value > Number.MAX_SAFE_INTEGER ? null : value;
}

/** Returns a count as a safe integer; null without one, and for a negative one. */
export function count(value: number | undefined): number | null {
  if (value === undefined) return null;
  const whole = Math.trunc(value);
  return whole >= 0 && Number.isSafeInteger(whole) ? whole : null;
}
