import { lookup as systemLookup } from "node:dns/promises";
import { isIP } from "node:net";
import type { Lookup } from "../driver.js";
import { type AddressProblem, addressProblem } from "./addresses.js";
import type { Network } from "./config.js";

/** The name was resolved to an address to which nothing may be sent. */
export class AddressError extends Error {
  readonly problem: AddressProblem;

  constructor(problem: AddressProblem) {
    super("The address is not allowed");
    this.problem = problem;
  }
}

/** Addresses are reused for this time in milliseconds, because each lookup occupies a thread. */
const reuseMs = 10_000;
const maxAddresses = 8;

const bySystem: Lookup = async (hostname) => {
  const found = await systemLookup(hostname, { all: true, verbatim: true });
  return found.map(({ address }) => address);
};

/**
 * Resolves one host to addresses that may be connected to. The caller connects to these addresses and not to the name, so
 * that a resolver that changes its answer (DNS rebinding) gains nothing.
 */
export class Resolver {
  readonly #host: string;
  readonly #network: Network;
  readonly #lookup: Lookup;
  readonly #now: () => number;
  #found: { readonly at: number; readonly addresses: Promise<readonly string[]> } | undefined;

  constructor(host: string, network: Network, now: () => number, lookup: Lookup = bySystem) {
    this.#host = host;
    this.#network = network;
    this.#lookup = lookup;
    this.#now = now;
  }

  /**
   * Returns the addresses of the host.
   * @throws AddressError if one of them is refused; the errors of the resolver
   */
  addresses(): Promise<readonly string[]> {
    const now = this.#now();
    if (this.#found !== undefined && Math.abs(now - this.#found.at) < reuseMs) return this.#found.addresses;
    const entry = { at: now, addresses: this.#resolve() };
    this.#found = entry;
    entry.addresses.catch(() => {
      if (this.#found === entry) this.#found = undefined;
    });
    return entry.addresses;
  }

  async #resolve(): Promise<readonly string[]> {
    const literal = isIP(this.#host) !== 0;
    const addresses = literal ? [this.#host] : await this.#lookup(this.#host);
    if (addresses.length === 0) throw Object.assign(new Error("No address"), { code: "ENODATA" });
    const problems = addresses.map((address) => addressProblem(address, this.#network));
    // The strictest: with an address that is never allowed, another network would not help.
    const problem =
      problems.find((each) => each === "metadata_address") ??
      problems.find((each) => each === "address_reserved") ??
      problems.find((each) => each);
    if (problem !== undefined) throw new AddressError(problem);
    return [...new Set(addresses)].slice(0, maxAddresses);
  }
}
