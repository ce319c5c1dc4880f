/** Lines of one code that are logged in a minute. */
const linesPerMinute = 10;
const minuteMs = 60_000;

/** Lines of one code since the first of them, in the same minute. */
interface Minute {
  readonly start: number;
  lines: number;
}

/**
 * Limits the log lines of each code: the first ten of a minute are logged, the others are counted. The first line after
 * that minute brings the count. There is no timer, since Workers and Lambda do nothing between requests.
 */
export class LogLimit {
  readonly #now: () => number;
  readonly #minutes = new Map<string, Minute>();

  /** @param now Unix milliseconds */
  constructor(now: () => number) {
    this.#now = now;
  }

  /**
   * Counts a line of a code.
   * @param code of a finite set, since every code takes memory
   * @returns whether to log this line, and the number of earlier lines that were not logged
   */
  next(code: string): { readonly logged: boolean; readonly omitted: number } {
    const now = this.#now();
    const minute = this.#minutes.get(code);
    // A clock that was set back also ends the minute.
    if (minute !== undefined && Math.abs(now - minute.start) < minuteMs) {
      minute.lines++;
      return { logged: minute.lines <= linesPerMinute, omitted: 0 };
    }
    this.#minutes.set(code, { start: now, lines: 1 });
    return { logged: true, omitted: Math.max(0, (minute?.lines ?? 0) - linesPerMinute) };
  }
}
