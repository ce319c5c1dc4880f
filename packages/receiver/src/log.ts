import { getLogger, type Logger } from "@logtape/logtape";

/** Log category of everything the receiver says. Applications configure LogTape; unconfigured, it is silent. */
export const log: Logger = getLogger(["sessionhook", "receiver"]);

/** What is safe to log of an unexpected error: its class and where it came from, never its message. */
export function describeError(error: unknown): { error: string; code?: unknown; stack?: string[] } {
  if (!(error instanceof Error)) return { error: typeof error };
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return {
    error: error.name,
    ...("code" in error ? { code: error.code } : {}),
    stack: frames.slice(0, 8).map((line) => line.trim()),
  };
}
