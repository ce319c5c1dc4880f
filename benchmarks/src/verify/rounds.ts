import { median } from "@sessionhook/testkit";

/** A function to measure; each call handles one event. */
export interface Contender {
  readonly name: string;
  readonly run: () => unknown;
}

export interface Result {
  readonly name: string;
  /** Microseconds per call: the median over the rounds, and the extremes. */
  readonly median: number;
  readonly min: number;
  readonly max: number;
  /** Median over the rounds of this contender's time divided by the first contender's time in the same round. */
  readonly ratio: number;
}

export interface RoundOptions {
  readonly rounds: number;
  /** Time for each contender in each round, in milliseconds. */
  readonly roundMs: number;
}

/**
 * Times contenders interleaved (A B C, B C A, …), so that a drift of the machine's speed affects all of them
 * equally. The first contender is the baseline of the ratios.
 */
export function measure(contenders: readonly Contender[], { rounds, roundMs }: RoundOptions): Result[] {
  for (const contender of contenders) time(contender, roundMs);
  const times = contenders.map(() => [] as number[]);
  for (let round = 0; round < rounds; round++) {
    // The order rotates, so that no contender always pays for the garbage of the same predecessor.
    for (let i = 0; i < contenders.length; i++) {
      const at = (i + round) % contenders.length;
      times[at]?.push(time(contenders[at] as Contender, roundMs));
    }
  }
  const floor = times[0] as number[];
  return contenders.map(({ name }, i) => {
    const own = times[i] as number[];
    return {
      name,
      median: median(own),
      min: Math.min(...own),
      max: Math.max(...own),
      ratio: median(own.map((value, round) => value / (floor[round] as number))),
    };
  });
}

/** Runs a contender for `ms` milliseconds and returns the microseconds per call. */
function time({ run }: Contender, ms: number): number {
  let calls = 0;
  const started = performance.now();
  let now = started;
  while (now - started < ms) {
    for (let i = 0; i < 50; i++) run();
    calls += 50;
    now = performance.now();
  }
  return ((now - started) * 1000) / calls;
}
