import ipaddr from "ipaddr.js";
import type { Network } from "./config.js";

/** Code of the `Reason` for which an address is refused. */
export type AddressProblem =
  /** Private or loopback: `network` can allow it. */
  | "address_not_allowed"
  /** Reserved, without one meaning, or an IPv4 address inside an IPv6 address: never allowed. */
  | "address_reserved"
  | "metadata_address";

/**
 * Addresses at which clouds give credentials to any client. Those in 169.254.0.0/16 and fe80::/10 are not listed: the
 * complete ranges are refused.
 */
const metadata = [
  // AWS (instances, pod identity), Google, Scaleway.
  "fd00:ec2::/32",
  "fd20:ce::254/128",
  "fd00:42::42/128",
  // Alibaba, Oracle, and Azure's WireServer, which is a public address.
  "100.100.100.200/32",
  "192.0.0.192/32",
  "168.63.129.16/32",
].map((range) => ipaddr.parseCIDR(range));

const globalUnicast = ipaddr.parseCIDR("2000::/3");
const privateRanges = new Set(["private", "loopback", "uniqueLocal", "carrierGradeNat"]);

/**
 * Returns why nothing may be sent to this address, or undefined. Only `unicast` of ipaddr.js passes, which excludes
 * every range that embeds an IPv4 address (6to4, Teredo, NAT64); IPv4-mapped addresses are checked as IPv4.
 */
export function addressProblem(text: string, network: Network): AddressProblem | undefined {
  // A zone id selects an interface of this machine, and the forms of IPv4 without four parts are ambiguous.
  const plain = ipaddr.IPv4.isValidFourPartDecimal(text) || ipaddr.IPv6.isValid(text);
  if (text.includes("%") || !plain) return "address_reserved";
  const address = ipaddr.process(hexadecimal(text));
  const range = address.range();
  if (range === "linkLocal") return "metadata_address";
  if (metadata.some(([base, bits]) => base.kind() === address.kind() && address.match(base, bits)))
    return "metadata_address";
  if (privateRanges.has(range)) return network === "private" ? undefined : "address_not_allowed";
  if (range !== "unicast") return "address_reserved";
  // ipaddr.js calls ::/96 (IPv4 inside) and the unassigned seven eighths of IPv6 unicast.
  if (address.kind() === "ipv6" && !address.match(globalUnicast)) return "address_reserved";
  return undefined;
}

/** Writes the IPv4 part of an IPv6 address in hexadecimal: ipaddr.js 2.5 parses `::8.8.8.8` as the IPv4-mapped address. */
function hexadecimal(text: string): string {
  return text.includes(":") && text.includes(".") ? new URL(`http://[${text}]/`).hostname.slice(1, -1) : text;
}
