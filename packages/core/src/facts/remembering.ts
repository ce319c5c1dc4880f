/** Most results that are remembered: there are any number of texts. */
const most = 1000;

/**
 * Returns a function that remembers the results of another one for texts that occur again and again.
 * Its texts must not be parts of longer ones, which would remain in memory with them.
 */
export function remembering<Result>(resultOf: (text: string) => Result): (text: string) => Result {
  const known = new Map<string, Result>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined || known.has(text)) return before as Result;
    const result = resultOf(text);
    if (known.size === most) known.clear();
    known.set(text, result);
    return result;
  };
}
