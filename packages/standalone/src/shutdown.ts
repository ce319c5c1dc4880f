import process from "node:process";

/**
 * Runs `stop` once on SIGTERM or SIGINT and then ends the process; a second signal ends it at once.
 * @param stop resolves when everything taken is kept
 */
export function onSignal(stop: (signal: string) => Promise<void>): void {
  let stopping = false;
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(130);
      stopping = true;
      stop(signal).then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
}
