import { ConfigurationError } from "@sessionhook/core";
import type { ConfigProblem } from "./driver.js";

/**
 * Rejects a configuration with a problem.
 * @throws ConfigurationError `invalid_option` with the key and the problem
 */
export function refuse([problem]: readonly ConfigProblem[]): void {
  if (problem === undefined) return;
  throw new ConfigurationError("invalid_option", `${problem.path.join(".")}: ${problem.message}`);
}
