import { describe, expect, it } from "vitest";
import { addressProblem } from "./addresses.js";

const no = "address_not_allowed";
const metadata = "metadata_address";

/** Address, result with network public, result with network private. */
const table: readonly (readonly [string, string | undefined, string | undefined])[] = [
  ["93.184.215.14", undefined, undefined],
  ["8.8.8.8", undefined, undefined],
  ["2606:4700:4700::1111", undefined, undefined],
  ["2a00:1450:4001::200e", undefined, undefined],
  ["::ffff:8.8.8.8", undefined, undefined],
  // This machine and private networks.
  ["127.0.0.1", no, undefined],
  ["127.255.255.254", no, undefined],
  ["::1", no, undefined],
  ["10.0.0.1", no, undefined],
  ["172.16.0.1", no, undefined],
  ["172.31.255.255", no, undefined],
  ["192.168.1.1", no, undefined],
  ["100.64.0.1", no, undefined],
  ["fd12:3456:789a::1", no, undefined],
  ["fc00::1", no, undefined],
  ["::ffff:127.0.0.1", no, undefined],
  ["::ffff:7f00:1", no, undefined],
  ["::ffff:10.1.2.3", no, undefined],
  // Metadata of clouds, in every writing.
  ["169.254.169.254", metadata, metadata],
  ["169.254.170.2", metadata, metadata],
  ["169.254.170.23", metadata, metadata],
  ["::ffff:169.254.169.254", metadata, metadata],
  ["::ffff:a9fe:a9fe", metadata, metadata],
  ["fe80::1", metadata, metadata],
  ["fe80::a9fe:a9fe", metadata, metadata],
  ["fd00:ec2::254", metadata, metadata],
  ["fd00:ec2::23", metadata, metadata],
  ["fd20:ce::254", metadata, metadata],
  ["fd00:42::42", metadata, metadata],
  ["100.100.100.200", metadata, metadata],
  ["192.0.0.192", metadata, metadata],
  ["168.63.129.16", metadata, metadata],
  // IPv4 inside IPv6: IPv4-compatible, 6to4, Teredo, NAT64 and its local range, IPv4-translated.
  ["::127.0.0.1", no, no],
  ["::8.8.8.8", no, no],
  ["0:0:0:0:0:0:8.8.8.8", no, no],
  ["::7f00:1", no, no],
  ["::a9fe:a9fe", no, no],
  ["2002:7f00:1::", no, no],
  ["2002:a9fe:a9fe::1", no, no],
  ["2001:0:4136:e378:8000:63bf:3fff:fdd2", no, no],
  ["64:ff9b::7f00:1", no, no],
  ["64:ff9b::169.254.169.254", no, no],
  ["64:ff9b:1::a00:1", no, no],
  ["::ffff:0:7f00:1", no, no],
  // No host.
  ["0.0.0.0", no, no],
  ["0.1.2.3", no, no],
  ["::", no, no],
  ["255.255.255.255", no, no],
  ["224.0.0.1", no, no],
  ["ff02::1", no, no],
  ["240.0.0.1", no, no],
  ["192.0.2.1", no, no],
  ["198.18.0.1", no, no],
  ["198.51.100.1", no, no],
  ["203.0.113.1", no, no],
  ["192.88.99.1", no, no],
  ["2001:db8::1", no, no],
  ["3fff::1", no, no],
  ["100::1", no, no],
  ["fec0::1", no, no],
  ["5f00::1", no, no],
  ["4000::1", no, no],
  // No address, or one with more than one reading.
  ["fe80::1%eth0", no, no],
  ["fe80::1%25lo", no, no],
  ["::1%lo", no, no],
  ["2130706433", no, no],
  ["0x7f.0.0.1", no, no],
  ["0177.0.0.1", no, no],
  ["127.1", no, no],
  ["", no, no],
  ["localhost", no, no],
];

describe("addressProblem", () => {
  it.each(table)("%s", (address, inPublic, inPrivate) => {
    expect(addressProblem(address, "public")).toBe(inPublic);
    expect(addressProblem(address, "private")).toBe(inPrivate);
  });
});
