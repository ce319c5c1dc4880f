import { describe, expect, it } from "vitest";
import { addressProblem } from "./addresses.js";

const no = "address_not_allowed";
const reserved = "address_reserved";
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
  ["::127.0.0.1", reserved, reserved],
  ["::8.8.8.8", reserved, reserved],
  ["0:0:0:0:0:0:8.8.8.8", reserved, reserved],
  ["::7f00:1", reserved, reserved],
  ["::a9fe:a9fe", reserved, reserved],
  ["2002:7f00:1::", reserved, reserved],
  ["2002:a9fe:a9fe::1", reserved, reserved],
  ["2001:0:4136:e378:8000:63bf:3fff:fdd2", reserved, reserved],
  ["64:ff9b::7f00:1", reserved, reserved],
  ["64:ff9b::169.254.169.254", reserved, reserved],
  ["64:ff9b:1::a00:1", reserved, reserved],
  ["::ffff:0:7f00:1", reserved, reserved],
  // No host.
  ["0.0.0.0", reserved, reserved],
  ["0.1.2.3", reserved, reserved],
  ["::", reserved, reserved],
  ["255.255.255.255", reserved, reserved],
  ["224.0.0.1", reserved, reserved],
  ["ff02::1", reserved, reserved],
  ["240.0.0.1", reserved, reserved],
  ["192.0.2.1", reserved, reserved],
  ["198.18.0.1", reserved, reserved],
  ["198.51.100.1", reserved, reserved],
  ["203.0.113.1", reserved, reserved],
  ["192.88.99.1", reserved, reserved],
  ["2001:db8::1", reserved, reserved],
  ["3fff::1", reserved, reserved],
  ["100::1", reserved, reserved],
  ["fec0::1", reserved, reserved],
  ["5f00::1", reserved, reserved],
  ["4000::1", reserved, reserved],
  // No address, or one with more than one reading.
  ["fe80::1%eth0", reserved, reserved],
  ["fe80::1%25lo", reserved, reserved],
  ["::1%lo", reserved, reserved],
  ["2130706433", reserved, reserved],
  ["0x7f.0.0.1", reserved, reserved],
  ["0177.0.0.1", reserved, reserved],
  ["127.1", reserved, reserved],
  ["", reserved, reserved],
  ["localhost", reserved, reserved],
];

describe("addressProblem", () => {
  it.each(table)("%s", (address, inPublic, inPrivate) => {
    expect(addressProblem(address, "public")).toBe(inPublic);
    expect(addressProblem(address, "private")).toBe(inPrivate);
  });
});
