import { createHmac } from "node:crypto";
import { constantTimeEqual, SigningSecrets, verifySignature } from "@sessionhook/core";
import { createReceiver } from "@sessionhook/receiver";
import { createMemoryStore } from "@sessionhook/stores/memory";
import { median } from "@sessionhook/testkit";
import { adminToken, secret } from "../apps.ts";
import type { Scenario, Torture } from "../scenario.ts";
import { croppedT } from "../welch.ts";

/** Beyond this many standard errors a difference is not noise (dudect takes 10 as "definitely not constant time"). */
const strong = 10;
/** A leak must show in most of these, and in the same direction. Load of other processes can hide a leak, but not cause one. */
const repetitions = 5;
/** Number of measurements: of a comparison alone, and of whole paths with a comparison as a small part. */
const samples = { comparison: 6000, verifySignature: 20_000, adminApi: 25_000 };
/** Number of texts of each kind: the time depends on the memory address of a text, so one text is not enough. */
const copies = 32;

type Compare = (given: string) => unknown;
interface Case {
  readonly name: string;
  readonly expected: string;
  readonly compare: Compare;
  /** Calls in one measurement, so that it is long against the clock's resolution. */
  readonly calls: number;
  readonly samples: number;
}

const now = 1_771_000_000_000;
const digest = "K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=";
const secrets = new SigningSecrets(secret);

/**
 * A comparison takes equally long whether the first or the last character is wrong. Measured through whole paths, where
 * the comparison is a small part: one that goes character by character shows (t about 60 in verifySignature, 17 in the admin
 * API; beside heavy load a run may miss the latter), one that leaks half as much in the admin API does not, and what
 * shows only over a network is not measured. Unit tests check that both use `constantTimeEqual`.
 */
export const timing: Scenario = {
  name: "timing",
  once: true,
  alone: true,
  run: async (torture) => {
    const told: string[] = [];
    for (const subject of cases()) {
      const ts = measure(torture, subject);
      torture.check(!leaks(ts), `${subject.name} tells where it differs: t = ${show(ts)}`);
      told.push(`${subject.name} t = ${show(ts)}`);
    }
    const admin = await adminTs(torture);
    torture.check(!leaks(admin), `the admin API tells where a token differs: t = ${show(admin)}`);
    told.push(`admin API t = ${show(admin)}`);
    // A comparison that stops at the first difference proves that the test can fail.
    const leaky = measure(torture, {
      name: "leaky",
      expected: digest,
      compare: (given) => leakyEqual(given, digest),
      calls: 200,
      samples: samples.comparison,
    });
    torture.check(leaks(leaky), `a leaky comparison was not noticed: t = ${show(leaky)}`);
    told.push(`a leaky one, noticed, t = ${show(leaky)}`);
    return told.join("; ");
  },
};

function cases(): Case[] {
  const verify = (signature: string) => {
    const headers = {
      "webhook-id": "evt_1",
      "webhook-timestamp": String(now / 1000),
      "webhook-signature": `v1,${signature}`,
    };
    try {
      return verifySignature("{}", { headers, secrets, now });
    } catch (error) {
      return error;
    }
  };
  return [
    {
      name: "signature text",
      expected: digest,
      compare: (given) => constantTimeEqual(given, digest),
      calls: 200,
      samples: samples.comparison,
    },
    {
      name: "token text",
      expected: adminToken,
      compare: (given) => constantTimeEqual(given, adminToken),
      calls: 200,
      samples: samples.comparison,
    },
    {
      name: "verifySignature",
      expected: rightSignature(),
      compare: verify,
      calls: 4,
      samples: samples.verifySignature,
    },
  ];
}

/** The signature that `verifySignature` expects in `cases`. */
function rightSignature(): string {
  const key = Buffer.from(secret.slice(6), "base64");
  return createHmac("sha256", key)
    .update(`evt_1.${now / 1000}.{}`)
    .digest("base64");
}

/** Returns Welch's t of "first character wrong" against "last character wrong", interleaved in random order. */
function measure(torture: Torture, { expected, compare, calls, samples: count }: Case): number[] {
  let inputs = wrongOnes(expected);
  const time = (which: 0 | 1) => {
    const given = inputs[which][torture.random(copies)] as string;
    const began = process.hrtime.bigint();
    for (let call = 0; call < calls; call++) sink += compare(given) === true ? 1 : 0;
    return Number(process.hrtime.bigint() - began);
  };
  for (let warm = 0; warm < count / 2; warm++) time(warm % 2 === 0 ? 0 : 1);
  return Array.from({ length: repetitions }, () => {
    inputs = wrongOnes(expected);
    const times: [number[], number[]] = [[], []];
    for (let sample = 0; sample < count; sample++) {
      const which = torture.random(2) as 0 | 1;
      times[which].push(time(which));
    }
    return croppedT(...times);
  });
}

/** Measures the same through the whole admin API in this process: request, route, answer. */
async function adminTs(torture: Torture): Promise<number[]> {
  const { app } = createReceiver({ store: createMemoryStore(), secrets, adminToken });
  let inputs = wrongOnes(adminToken);
  const time = async (which: 0 | 1) => {
    const request = new Request("http://x/api/stats", {
      headers: { authorization: `Bearer ${inputs[which][torture.random(copies)]}` },
    });
    const began = process.hrtime.bigint();
    sink += (await app.fetch(request)).status;
    return Number(process.hrtime.bigint() - began);
  };
  for (let warm = 0; warm < samples.adminApi / 2; warm++) await time(warm % 2 === 0 ? 0 : 1);
  const ts: number[] = [];
  for (let repetition = 0; repetition < repetitions; repetition++) {
    inputs = wrongOnes(adminToken);
    const times: [number[], number[]] = [[], []];
    for (let sample = 0; sample < samples.adminApi; sample++) {
      const which = torture.random(2) as 0 | 1;
      times[which].push(await time(which));
    }
    ts.push(croppedT(...times));
  }
  return ts;
}

/** Returns texts with a wrong first and with a wrong last character, created alternately so that their memory layout is alike. */
function wrongOnes(expected: string): readonly [string[], string[]] {
  const wrong = (at: number) => {
    const bytes = Buffer.from(expected);
    bytes[at] = bytes[at] === 0x41 ? 0x42 : 0x41;
    return bytes.toString("latin1");
  };
  const texts: [string[], string[]] = [[], []];
  for (let copy = 0; copy < copies; copy++) {
    texts[0].push(wrong(0));
    texts[1].push(wrong(expected.length - 1));
  }
  return texts;
}

function leaks(ts: readonly number[]): boolean {
  return Math.abs(median(ts)) > strong;
}

function leakyEqual(given: string, expected: string): boolean {
  for (let i = 0; i < given.length; i++) if (given[i] !== expected[i]) return false;
  return given.length === expected.length;
}

const show = (ts: readonly number[]) => ts.map((t) => t.toFixed(1)).join(", ");
/** Uses the results, so that the compiler cannot remove the comparison. */
let sink = 0;
