/** Returns a time in milliseconds that has doubled so many times, but is no longer than the longest. */
export function doubled(ms: number, times: number, longestMs: number): number {
  return Math.min(longestMs, ms * 2 ** Math.min(times, 16));
}
