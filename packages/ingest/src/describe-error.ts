/** The parts of an unexpected error that are safe to log. */
export type ErrorDescription = {
  readonly error: string;
  readonly code?: string | number;
  readonly stack?: readonly string[];
};

/** Returns the class and origin of an error, never its message. A description is returned unchanged. */
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

/** An error of another thread, which sends only its description. */
export class DescribedError extends Error {
  override readonly name = "DescribedError";
  readonly description: ErrorDescription;

  constructor(description: ErrorDescription) {
    super("in another thread");
    this.description = description;
  }
}
