import type { Shell } from "./shell.js";
import { unlessAborted } from "./unless-aborted.js";

/** Returns a signal that aborts at the first error of the stream, with this error. Errors of the stream no longer end the process. */
export function endOf(stream: NodeJS.WritableStream): AbortSignal {
  const ended = new AbortController();
  stream.on("error", (error: Error) => ended.abort(error));
  return ended.signal;
}

/** Returns the shell for a command that only reads: the end of standard output interrupts it too. */
export function endingWithOutput(shell: Shell): Shell {
  return { ...shell, interrupted: AbortSignal.any([shell.interrupted, shell.outputEnded]) };
}

/** Returns whether the reader of standard output has closed it, such as `head`. */
export function isReaderGone({ outputEnded }: Shell): boolean {
  return codeOf(outputEnded.reason) === "EPIPE";
}

/**
 * Writes a part of the output, and returns when it is written.
 * @throws as soon as an interrupt or the end of standard output aborts `interrupted` of a shell of {@link endingWithOutput}
 */
export async function writeOut(shell: Shell, part: string | Uint8Array): Promise<void> {
  shell.interrupted.throwIfAborted();
  const { promise, resolve } = Promise.withResolvers<void>();
  // After an error, the event `error` follows and aborts the signal.
  shell.stdout.write(part, (error) => {
    if (error === null || error === undefined) resolve();
  });
  await unlessAborted(promise, shell.interrupted);
}

/** Resolves when everything was written to a stream, or cannot be written. */
export function written(stream: NodeJS.WritableStream): Promise<void> {
  return new Promise((resolve) => {
    stream.write("", () => resolve());
  });
}

/** Returns why standard output cannot be written, such as ENOSPC; undefined if it can, or if its reader has gone. */
export function outputFailure(shell: Shell): string | undefined {
  return shell.outputEnded.aborted && !isReaderGone(shell) ? codeOf(shell.outputEnded.reason) : undefined;
}

function codeOf(error: unknown): string {
  const { code = "unknown reason" } = (error ?? {}) as NodeJS.ErrnoException;
  return code;
}
