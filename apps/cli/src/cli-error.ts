/** A failure that is told to the user in one message. The message never holds a secret or a token. */
export class CliError extends Error {
  /** Stable, for scripts: the `code` of `--json`. */
  readonly code: string;
  /** 1: the work failed; 2: the command was called wrongly. */
  readonly exitCode: 1 | 2;

  constructor(exitCode: 1 | 2, code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "CliError";
    this.code = code;
    this.exitCode = exitCode;
  }
}

/** What was asked for cannot be done as it was asked: exit code 2. */
export function usageError(message: string, options?: ErrorOptions): CliError {
  return new CliError(2, "usage", message, options);
}

/** What was asked for did not succeed: exit code 1. */
export function failure(code: string, message: string, options?: ErrorOptions): CliError {
  return new CliError(1, code, message, options);
}
