import { setInterval } from "node:timers";
import { getLogger } from "@logtape/logtape";

/** Beyond four times what the store cuts its log back to, in bytes, somebody has been reading for long. */
const longLog = 256 * 1024 * 1024;
const everyMs = 60_000;
const log = getLogger(["sessionhook", "store"]);

/**
 * Looks once a minute at the log beside the database, and warns when it has become long, once each time: another program
 * keeps a read transaction open, and until it ends the disk fills up.
 * @param logBytes the length of the log; undefined for a store without one
 */
export function watchLog(logBytes: () => number | undefined): void {
  const look = lookAt(logBytes, (bytes) =>
    log.warn("the log of the database grows because another program has been reading in one transaction", {
      bytes,
    }),
  );
  setInterval(look, everyMs).unref();
}

/** Calls `warn` when a length passes `longest`, and not again before it has been shorter. */
export function lookAt(
  logBytes: () => number | undefined,
  warn: (bytes: number) => void,
  longest = longLog,
): () => void {
  let warned = false;
  return () => {
    const bytes = logBytes() ?? 0;
    if (bytes > longest && !warned) warn(bytes);
    warned = bytes > longest;
  };
}
