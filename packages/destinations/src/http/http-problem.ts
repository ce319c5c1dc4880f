import { factProblem } from "../body/fact-problem.js";
import type { ConfigProblem } from "../driver.js";
import { addressKeyProblem } from "../net/address-key-problem.js";
import type { HttpConfig } from "./config.js";

export function httpProblem({ url, body, network = "public" }: HttpConfig): ConfigProblem | undefined {
  return addressKeyProblem(url, network) ?? factProblem(body);
}
