import type { Server } from "node:http";
import { setTimeout } from "node:timers";
import { getLogger } from "@logtape/logtape";

const log = getLogger(["sessionhook", "app"]);
/** In milliseconds. While files or memory are short, some connections fail and others do not. */
const quietMs = 60_000;

/**
 * Logs that connections cannot be accepted, such as when the machine has too many open files (ENFILE), once for each
 * outage. It is over after a minute without a failure. Without a listener, node:http would end the process.
 */
export function logAcceptFailures(server: Server, quiet = quietMs): void {
  let outage: NodeJS.Timeout | undefined;
  server.on("error", ({ code }: NodeJS.ErrnoException) => {
    if (outage !== undefined) return void outage.refresh();
    log.error("new connections cannot be accepted", { code });
    outage = setTimeout(() => {
      outage = undefined;
      log.info("new connections can be accepted again");
    }, quiet).unref();
  });
}
