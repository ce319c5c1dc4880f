import { isIP } from "node:net";
import type { ConfigProblem } from "../driver.js";
import { addressProblem } from "./addresses.js";
import type { Network } from "./config.js";

/** Returns a problem if the URL has an IP address or a local name to which nothing may be sent. */
export function addressKeyProblems(text: string, network: Network): readonly ConfigProblem[] {
  const host = new URL(text).hostname.replace(/^\[|\]$/g, "");
  if (network === "public" && /(?:^|\.)localhost\.?$/i.test(host))
    return [{ path: ["url"], message: 'names this machine; set "network": "private" to allow it' }];
  const problem = isIP(host) === 0 ? undefined : addressProblem(host, network);
  if (problem === undefined) return [];
  const message =
    problem === "address_not_allowed"
      ? 'has a private address; set "network": "private" to allow it'
      : "has an address that events are never sent to";
  return [{ path: ["url"], message }];
}
