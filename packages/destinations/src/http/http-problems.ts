import { factProblems } from "../body/fact-problems.js";
import type { ConfigProblem } from "../driver.js";
import { addressKeyProblems } from "../net/address-key-problems.js";
import type { HttpConfig } from "./config.js";

export function httpProblems({ url, body, network = "public" }: HttpConfig): readonly ConfigProblem[] {
  return [...addressKeyProblems(url, network), ...factProblems(body)];
}
