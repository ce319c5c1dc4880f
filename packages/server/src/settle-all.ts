/**
 * Waits for all promises, also after one has failed.
 * @throws the error of the one that failed, or an AggregateError of those of several
 */
export async function settleAll(promises: readonly (Promise<unknown> | undefined)[]): Promise<void> {
  const results = await Promise.allSettled(promises);
  const errors = new Set(
    results.flatMap((each) => (each.status === "rejected" ? errorsOf(each.reason) : [])),
  );
  if (errors.size > 1) throw new AggregateError(errors);
  for (const error of errors) throw error;
}

/** Returns the errors that `settleAll` has put into one. */
export function errorsOf(error: unknown): readonly unknown[] {
  return error instanceof AggregateError ? (error.errors as unknown[]) : [error];
}
