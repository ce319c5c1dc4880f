import { ed25519Verify, hmacSha256 } from "#crypto";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { generateKeyPair, generateSecret } from "./sign.js";
import { sign } from "./sign.js";
import { SigningSecrets } from "./signing-secrets.js";
import { verifySignature } from "./verify-signature.js";

// Spied upon: it does its work, and its calls are counted.
vi.mock("#crypto", { spy: true });
const checks = () => vi.mocked(hmacSha256).mock.calls.length + vi.mocked(ed25519Verify).mock.calls.length;
beforeEach(() => void vi.clearAllMocks());

const kib = 1024;
const id = "evt_1";
const timestamp = 1_739_571_908;
const now = timestamp * 1000;
const bodyOf = (bytes: number) => new Uint8Array(bytes).fill(0x7b);

interface Pair {
  /** The secret or the key pair, as the sender and the receiver configure it. */
  readonly signs: string;
  readonly verifies: string;
}
const schemes: Readonly<Record<string, () => Pair>> = {
  whsec_: () => {
    const secret = generateSecret();
    return { signs: secret, verifies: secret };
  },
  whpk_: () => {
    const { secretKey, publicKey } = generateKeyPair();
    return { signs: secretKey, verifies: publicKey };
  },
};
const pairs = (scheme: string, count: number) =>
  Array.from({ length: count }, () => schemes[scheme]?.() as Pair);
const verifiers = (list: readonly Pair[]) => new SigningSecrets(list.map(({ verifies }) => verifies));

function signed(body: Uint8Array, by: readonly Pair[]): string {
  const secret = by.map(({ signs }) => signs);
  return sign(body, { id, timestamp, secret })["webhook-signature"];
}

/** `ok`, or code and message of the refusal; and how many checks it took, those of signing not counted. */
function verify(body: Uint8Array, signature: string, secrets: SigningSecrets, at = now) {
  vi.clearAllMocks();
  const headers = {
    "webhook-id": id,
    "webhook-timestamp": String(timestamp),
    "webhook-signature": signature,
  };
  try {
    verifySignature(body, { headers, secrets, now: at });
    return { outcome: "ok", checks: checks() };
  } catch (error) {
    const { code, message } = error as { code: string; message: string };
    return { outcome: code, checks: checks(), limited: message.includes("Not all were tried") };
  }
}

describe("the work of an unsigned message", () => {
  it.each([
    // scheme, secrets, size of the body, checks at most, whether more would have been needed
    ["whpk_", 1, 1024 * kib, 2, true],
    ["whpk_", 2, 1024 * kib, 2, true],
    ["whpk_", 4, 1024 * kib, 4, true],
    ["whpk_", 4, 1024 * kib + 1, 2, true],
    ["whpk_", 5, 1024 * kib, 2, true],
    ["whpk_", 32, 1024 * kib, 2, true],
    ["whpk_", 32, 8 * 1024 * kib, 2, true],
    ["whpk_", 1, 64 * kib, 18, true],
    ["whpk_", 32, 4 * kib, 39, true],
    ["whpk_", 32, 0, 42, true],
    ["whsec_", 1, 1024 * kib, 2, false],
    ["whsec_", 4, 1024 * kib, 8, false],
    ["whsec_", 4, 1024 * kib + 1, 4, true],
    ["whsec_", 5, 1024 * kib, 4, true],
    ["whsec_", 32, 1024 * kib, 4, true],
    ["whsec_", 32, 8 * 1024 * kib, 4, true],
    ["whsec_", 32, 256 * kib, 16, true],
    ["whsec_", 32, 64 * kib, 64, false],
    ["whsec_", 32, 0, 64, false],
  ])("%s × %i, a body of %i bytes, 64 signatures: %i checks", (scheme, secrets, bytes, most, limited) => {
    const strangers = signed(bodyOf(1), pairs(scheme, 64));
    const result = verify(bodyOf(bytes), strangers, verifiers(pairs(scheme, secrets)));
    expect(result).toEqual({ outcome: "signature_mismatch", checks: most, limited });
  });

  it("is shared by the schemes", () => {
    const secrets = verifiers([...pairs("whsec_", 16), ...pairs("whpk_", 16)]);
    const strangers = [...pairs("whsec_", 32), ...pairs("whpk_", 32)];
    expect(verify(bodyOf(1024 * kib), signed(bodyOf(1), strangers), secrets).checks).toBe(2 + 1);
    expect(verify(bodyOf(4 * kib), signed(bodyOf(1), strangers), secrets).checks).toBe(32 + 19);
  });

  it("is none if no signature has the length of its version", () => {
    const secrets = verifiers([...pairs("whsec_", 2), ...pairs("whpk_", 2)]);
    const good = signed(bodyOf(1), [...pairs("whsec_", 1), ...pairs("whpk_", 1)]).split(" ");
    const malformed = good.flatMap((entry) => [entry.slice(0, -1), `${entry}=`, entry.replace(",", ";")]);
    const list = [...malformed, "v1,", "v1a,", "v1,AAAA", "v1a,AAAA", `v1a,${"!".repeat(88)}`, "v2,AAAA"];
    expect(verify(bodyOf(1), list.join(" "), secrets)).toMatchObject({
      outcome: "signature_mismatch",
      checks: 0,
    });
  });

  it("is none if an ed25519 signature cannot be valid", () => {
    const impossible = (bytes: readonly number[]) => `v1a,${Buffer.from(bytes).toString("base64")}`;
    const zeros = Array<number>(32).fill(0);
    const list = [impossible([...zeros, ...zeros]), impossible([9, ...zeros.slice(1), ...zeros.fill(0xff)])];
    expect(verify(bodyOf(1), list.join(" "), verifiers(pairs("whpk_", 2))).checks).toBe(0);
  });

  it("is none if the timestamp is out of tolerance", () => {
    for (const scheme of Object.keys(schemes)) {
      const [own] = pairs(scheme, 1) as [Pair];
      const late = verify(bodyOf(1), signed(bodyOf(1), [own]), verifiers([own]), now + 301_000);
      expect(late).toMatchObject({ outcome: "timestamp_too_old", checks: 0 });
    }
  });

  it("is one check if all signatures, or all secrets, are equal", () => {
    for (const scheme of Object.keys(schemes)) {
      const [own, stranger] = pairs(scheme, 2) as [Pair, Pair];
      const signature = signed(bodyOf(1), [stranger]);
      const once = verify(bodyOf(1024 * kib), signature, verifiers([own]));
      expect(once).toMatchObject({ outcome: "signature_mismatch", limited: false });
      const equalSignatures = Array<string>(64).fill(signature).join(" ");
      expect(verify(bodyOf(1024 * kib), equalSignatures, verifiers([own]))).toEqual(once);
      expect(verify(bodyOf(1024 * kib), signature, verifiers(Array<Pair>(32).fill(own)))).toEqual(once);
    }
  });
});

describe("a genuine message of 1 MiB with four secrets", () => {
  const body = bodyOf(1024 * kib);
  const [firstSecret, secondSecret, thirdSecret, fourthSecret] = pairs("whsec_", 4) as [
    Pair,
    Pair,
    Pair,
    Pair,
  ];
  const [firstKey, secondKey, thirdKey, fourthKey] = pairs("whpk_", 4) as [Pair, Pair, Pair, Pair];
  const configurations = [
    [firstSecret, secondSecret, thirdSecret, fourthSecret],
    [firstSecret, secondSecret, thirdSecret, firstKey],
    [firstKey, secondKey, firstSecret, secondSecret],
    [firstSecret, firstKey, secondKey, thirdKey],
    [firstKey, secondKey, thirdKey, fourthKey],
  ];
  const strangers = [...pairs("whsec_", 1), ...pairs("whpk_", 1)].map((pair) => signed(body, [pair]));

  it.each(configurations)(
    "verifies with each, in each reading, beside signatures of both schemes",
    (...own) => {
      for (const pair of own) {
        for (const secretEncoding of ["base64", "utf8"] as const) {
          const { "webhook-signature": signature } = sign(body, {
            id,
            timestamp,
            secret: pair.signs,
            secretEncoding,
          });
          const [hmac, ed25519] = strangers as [string, string];
          // The stranger of the same scheme follows: one check for each secret and signature is the minimum.
          const header = pair.signs.startsWith("whsec_") ? [signature, hmac, ed25519] : [hmac, signature];
          expect(verify(body, header.join(" "), verifiers(own)).outcome).toBe("ok");
          expect(verify(body, signature, verifiers(own)).outcome).toBe("ok");
        }
      }
    },
  );
});

describe.each(Object.keys(schemes))("a genuine message with %s", (scheme) => {
  it("of 1 MiB verifies throughout a rotation", () => {
    const body = bodyOf(1024 * kib);
    const [old, next, stranger] = pairs(scheme, 3) as [Pair, Pair, Pair];
    const sends = [[old], [next], [old, next], [next, old]];
    for (const configured of [[old], [next], [old, next], [next, old]]) {
      for (const sent of sends.filter((list) => list.some((one) => configured.includes(one)))) {
        expect(verify(body, signed(body, sent), verifiers(configured)).outcome).toBe("ok");
      }
    }
    expect(verify(body, signed(body, [stranger, old]), verifiers([old])).outcome).toBe("ok");
  });

  it("of 256 KiB verifies with two secrets and three signatures, any of which may be valid", () => {
    const body = bodyOf(256 * kib);
    const [first, second, ...strangers] = pairs(scheme, 4) as [Pair, Pair, Pair, Pair];
    for (const good of [first, second]) {
      for (const at of [0, 1, 2]) {
        const sent: Pair[] = [...strangers];
        sent.splice(at, 0, good);
        expect(verify(body, signed(body, sent), verifiers([first, second])).outcome).toBe("ok");
      }
    }
  });

  it("of 16 KiB verifies with the last of 32 secrets", () => {
    const body = bodyOf(16 * kib);
    const own = pairs(scheme, 32);
    expect(verify(body, signed(body, own.slice(-1)), verifiers(own)).outcome).toBe("ok");
  });
});
