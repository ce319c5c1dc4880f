/** A failure shown to the user as one message. The message never contains a secret or a token. */
export class CliError extends Error {
  /** Stable, for scripts: the `code` of `--json`. */
  readonly code: string;
  /** Exit code. 1: the operation failed; 2: the command line or environment is invalid. */
  readonly exitCode: 1 | 2;
  /** True if the same can succeed later: the server cannot be reached, or cannot answer now. */
  readonly temporary: boolean;

  constructor(exitCode: 1 | 2, code: string, message: string, options: FailureOptions = {}) {
    super(message, options);
    this.temporary = options.temporary ?? false;
    this.name = "CliError";
    this.code = code;
    this.exitCode = exitCode;
  }
}

export interface FailureOptions extends ErrorOptions {
  readonly temporary?: boolean;
}

/** Returns the error for an invalid command line or environment: exit code 2. */
export function usageError(message: string, options?: ErrorOptions): CliError {
  return new CliError(2, "usage", message, options);
}

/** Returns the error for a failed operation: exit code 1. */
export function failure(code: string, message: string, options?: FailureOptions): CliError {
  return new CliError(1, code, message, options);
}
