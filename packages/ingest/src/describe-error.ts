/** What is safe to log of an unexpected error. */
export type ErrorDescription = {
  readonly error: string;
  readonly code?: string | number;
  readonly stack?: readonly string[];
};

/** The class of an error and where it came from, never its message. A description stands for itself. */
export function describeError(error: unknown): ErrorDescription {
  if (error instanceof DescribedError) return error.description;
  if (!(error instanceof Error)) return { error: typeof error };
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return {
    error: error.name,
    ...("code" in error && (typeof error.code === "string" || typeof error.code === "number")
      ? { code: error.code }
      : {}),
    stack: frames.slice(0, 8).map((line) => line.trim()),
  };
}

/** An error of another thread, of which only the description has come here. */
export class DescribedError extends Error {
  override readonly name = "DescribedError";
  readonly description: ErrorDescription;

  constructor(description: ErrorDescription) {
    super("in another thread");
    this.description = description;
  }
}
