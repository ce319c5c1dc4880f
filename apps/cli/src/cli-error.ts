/** A failure shown to the user as one message. The message never contains a secret or a token. */
export class CliError extends Error {
  /** Stable, for scripts: the `code` of `--json`. */
  readonly code: string;
  /** Exit code. 1: the operation failed; 2: the command line or environment is invalid. */
  readonly exitCode: 1 | 2;

  constructor(exitCode: 1 | 2, code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "CliError";
    this.code = code;
    this.exitCode = exitCode;
  }
}

/** Returns the error for an invalid command line or environment: exit code 2. */
export function usageError(message: string, options?: ErrorOptions): CliError {
  return new CliError(2, "usage", message, options);
}

/** Returns the error for a failed operation: exit code 1. */
export function failure(code: string, message: string, options?: ErrorOptions): CliError {
  return new CliError(1, code, message, options);
}
