import { execFileSync } from "node:child_process";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { runtimeBinary } from "../../../scripts/runtimes.mjs";

const bun = runtimeBinary("bun");
const missing = bun === undefined && process.env["REQUIRE_RUNTIMES"] !== "1";
const here = fileURLToPath(new URL("../src/signature/", import.meta.url));

/** Runs on Bun and prints what differs between its primitives and those in plain JavaScript. */
const script = `
import * as bun from "./crypto-bun.ts";
import * as noble from "./crypto-noble.ts";
const differences = Object.keys(noble).filter((name) => !(name in bun));
let compared = 0;
function compare(name, a, b) {
  compared++;
  if (Buffer.from(a).toString("hex") !== Buffer.from(b).toString("hex")) differences.push(name);
}
const bytes = (length, seed) => new Uint8Array(length).map((_, i) => i * 7 + seed);
for (const keyLength of [1, 24, 63, 64, 65, 88])
  for (const prefix of ["", "evt_01KH5HM09WTF6DOE8K2H6DG2RI.1739571908.", "é".repeat(300)])
    for (const body of [0, 1, 55, 56, 64, 6000, 65_536, 70_000].map((n) => bytes(n, n)).concat("", "zażółć 🦊"))
      compare("hmac " + keyLength, ...[bun, noble].map((c) => c.hmacSha256(c.importHmacKey(bytes(keyLength, 3)), prefix, body)));
compare("utf8", ...[bun, noble].map((c) => c.utf8Bytes("zażółć 🦊")));
for (let seed = 0; seed < 8; seed++) {
  const secret = bytes(32, seed);
  const message = bytes(100 * seed, seed);
  const [a, b] = [bun, noble].map((c) => c.ed25519PublicKeyOf(secret));
  compare("public key", a, b);
  const [signature, other] = [bun, noble].map((c) => c.ed25519Sign(c.importEd25519SecretKey(secret), message));
  compare("signature", signature, other);
  const verify = (m, s) => bun.ed25519Verify(bun.importEd25519PublicKey(a), m, s);
  if (!verify(message, other) || verify(bytes(3, 9), other)) differences.push("verify");
}
console.log(JSON.stringify({ compared, differences }));
`;

it.skipIf(missing)(
  `the primitives of Bun agree with those in plain JavaScript${missing ? " (skipped: no bun here)" : ""}`,
  () => {
    const printed = execFileSync(bun ?? "bun", ["-e", script], { cwd: here, encoding: "utf8" });
    expect(JSON.parse(printed)).toEqual({ compared: 6 * 3 * 10 + 1 + 16, differences: [] });
  },
);
