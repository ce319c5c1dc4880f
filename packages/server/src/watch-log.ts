import { setInterval } from "node:timers";
import { longLogBytes } from "@sessionhook/core/limits";
import { getLogger } from "@logtape/logtape";

const everyMs = 60_000;
const log = getLogger(["sessionhook", "store"]);

/**
 * Checks the size of the write-ahead log once a minute, and warns once each time it has become long: another program
 * has a read transaction open, or the log cannot be copied into the database. It fills the disk until that ends.
 * @param logBytes returns the size of the log; undefined for a store without one
 */
export function watchLog(logBytes: () => number | undefined): void {
  const look = lookAt(logBytes, (bytes) =>
    log.warn(
      "the log of the database grows: another program has been reading in one transaction, or the log cannot be copied into the database",
      { bytes },
    ),
  );
  setInterval(look, everyMs).unref();
}

/** Calls `warn` when a length exceeds `longest`, and again only after it has been shorter. */
export function lookAt(
  logBytes: () => number | undefined,
  warn: (bytes: number) => void,
  longest = longLogBytes,
): () => void {
  let warned = false;
  return () => {
    const bytes = logBytes() ?? 0;
    if (bytes > longest && !warned) warn(bytes);
    warned = bytes > longest;
  };
}
