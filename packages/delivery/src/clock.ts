/** Time and timers, injected so that tests can run months in milliseconds. */
export interface Clock {
  /** Returns the time in Unix milliseconds. */
  readonly now: () => number;
  /** Returns a time in milliseconds that never goes back, to measure durations. */
  readonly elapsed: () => number;
  /** Runs the task after some milliseconds; returns a function that cancels it. */
  readonly after: (ms: number, task: () => void) => () => void;
}

/** Returns the time of `clock.elapsed` at which a time of day comes, unless the time of day is set before. */
export function elapsedAt({ now, elapsed }: Pick<Clock, "now" | "elapsed">, at: number): number {
  return elapsed() + at - now();
}

/** Timers have 32 bits: a longer wait ends early, and the caller checks the time again. */
const longestTimerMs = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  after: (ms, task) => {
    const timer = setTimeout(task, Math.min(Math.max(0, ms), longestTimerMs));
    return () => clearTimeout(timer);
  },
};
