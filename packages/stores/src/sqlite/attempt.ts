/** Returns undefined if the work fails, for work that is repeated later. */
export function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
