import { log } from "./log.js";
import { LogLimit } from "./log-limit.js";

/**
 * Returns a function that logs rejected requests by their code, within a limit: anyone can send them.
 * @param now Unix milliseconds
 */
export function rejectionLog(now: () => number): (code: string) => void {
  const limit = new LogLimit(now);
  return (code) => {
    const { logged, omitted } = limit.next(code);
    if (omitted > 0) log.warn("further requests rejected", { code, times: omitted });
    if (logged) log.warn("request rejected", { code });
  };
}
