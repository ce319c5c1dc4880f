import { readFileSync } from "node:fs";
import { generateKeyPair, generateSecret, sign } from "@sessionhook/core";
import { createSimulator } from "@sessionhook/simulator";
import { median } from "@sessionhook/testkit";
import type { AppProcess } from "../app-process.ts";
import { Flood } from "../flood.ts";
import type { Load } from "../load.ts";
import type { Scenario, Torture } from "../scenario.ts";
import { finish } from "../faults.ts";
import { pause } from "../wait.ts";

/** Unsigned requests per second, each with a body of the maximum size. */
const perSecond = 100;
/** Unsigned requests per second instead, where the usual ones take more of the main thread than this share of its time. */
const [fewer, queueShare] = [perSecond / 2, 0.7];
const body = Buffer.alloc(1024 * 1024, 0x7b);
/** Duration of each flood, in seconds. */
const seconds = 6;
/** Maximum median of the answer times of genuine messages during the flood, in milliseconds. */
const bound = 50;
/** Maximum processor time of one unsigned message, reading included, in milliseconds: 4 to 18 are usual, and every check takes two. */
const mostCpu = 50;
/** If the app waits for a processor for more than this share of the time, its answer times mean nothing. */
const busyShare = 0.1;
/** Maximum number of signatures in one header. */
const signatures = 64;

/** The secrets of a receiver, the one that signs the genuine messages, and invalid signatures. */
interface Flooded {
  readonly name: string;
  readonly secrets: readonly string[];
  readonly secret: string;
  readonly forged: string;
}

const times = <Value>(count: number, make: () => Value): Value[] => Array.from({ length: count }, make);

/** Distinct and well-formed, so that only the signature check can reject them. */
function forged(makeSecret: () => string, count = signatures): string {
  const entries = times(count, () => sign("{}", { id: "evt_1", secret: makeSecret() })["webhook-signature"]);
  return entries.join(" ");
}

const newSecretKey = () => generateKeyPair().secretKey;

/** The last key signs the genuine messages, because its check is the most expensive. */
function keyPairs(count: number): Flooded {
  const pairs = times(count, () => generateKeyPair());
  return {
    name: `whpk_ × ${count}`,
    secrets: pairs.map(({ publicKey }) => publicKey),
    secret: pairs.at(-1)?.secretKey ?? "",
    forged: forged(newSecretKey),
  };
}

function hmacSecrets(count: number): Flooded {
  const secrets = times(count, () => generateSecret());
  return {
    name: `whsec_ × ${count}`,
    secrets,
    secret: secrets.at(-1) ?? "",
    forged: forged(() => generateSecret()),
  };
}

function both(count: number): Flooded {
  const [hmac, pairs] = [hmacSecrets(count), keyPairs(count)];
  const half = signatures / 2;
  return {
    name: `${hmac.name} and ${pairs.name}`,
    secrets: [...hmac.secrets, ...pairs.secrets],
    secret: hmac.secret,
    forged: `${forged(() => generateSecret(), half)} ${forged(newSecretKey, half)}`,
  };
}

/** Unsigned bodies of 1 MiB with 64 signatures each, a hundred a second; genuine messages are answered meanwhile. */
export const signatureFlood: Scenario = {
  name: "signature flood",
  alone: true,
  run: async (torture) => {
    const told: string[] = [];
    for (const flooded of [keyPairs(1), keyPairs(32), hmacSecrets(32), both(16)])
      told.push(await flood(torture, flooded));
    return `${perSecond} unsigned bodies of 1 MiB a second, ${signatures} signatures each: ${told.join("; ")}`;
  },
};

async function flood(torture: Torture, flooded: Flooded): Promise<string> {
  const { name, secrets, secret, forged } = flooded;
  const app = torture.process({ SESSIONHOOK_SECRETS: secrets.join(",") });
  await app.start();
  const simulator = createSimulator({ seed: torture.seed + secrets.length, now: Date.now() });
  const next = () => {
    const { id, body } = simulator.next();
    return { id, body: Buffer.from(body) };
  };
  const load = torture.load(app, 2, { next, secret, restMs: 50, timeoutMs: 30_000 });
  await load.acknowledges(20);
  const usual = await measure(torture, app, load, forged, perSecond);
  const queued = usual.busy <= busyShare && usual.median >= bound && usual.running > queueShare;
  // A server with no time left has queues whatever a signature costs: a slow machine is judged by half the flood.
  if (queued) await load.acknowledges(20);
  const seen = queued ? await measure(torture, app, load, forged, fewer) : usual;
  const { median: p50, busy, cpu } = seen;
  torture.check(seen.answered > 0, `${name}: no unsigned message was answered`);
  torture.check(cpu < mostCpu, `${name}: an unsigned message costs ${cpu.toFixed(1)} ms of processor time`);
  torture.check(
    busy > busyShare || p50 < bound,
    `${name}: good messages waited ${p50.toFixed(1)} ms (half of them)`,
  );
  torture.check(seen.refused, `${name}: not all were refused as unsigned: ${seen.statuses}`);
  await finish(torture, app, load);
  const neighbours =
    busy > busyShare ? `, not judged: waited for a processor ${percent(busy)} of the time` : "";
  const rate = queued
    ? `, ${fewer} a second, since ${perSecond} took the main thread ${percent(usual.running)} of its time (p50 ${usual.median.toFixed(1)} ms)`
    : "";
  return `${name}: p50 ${p50.toFixed(1)} ms of ${seen.good} good messages${neighbours}${rate}, ${cpu.toFixed(1)} ms of processor time an unsigned one (${seen.statuses})`;
}

const percent = (share: number) => `${Math.round(100 * share)} %`;

/** Runs one flood; returns the median waiting time of the genuine messages and the cost of the unsigned ones. */
async function measure(torture: Torture, app: AppProcess, load: Load, signature: string, rate: number) {
  const before = load.acknowledgements;
  const attack = new Flood(`${app.origin}/webhooks`, rate, () => ({
    headers: {
      "webhook-id": "evt_1",
      "webhook-timestamp": String(Math.floor(Date.now() / 1000)),
      "webhook-signature": signature,
    },
    body,
  }));
  torture.cleanUpWith(() => attack.stop());
  const start = processorTime(app.pid);
  await pause(seconds * 1000);
  const end = processorTime(app.pid);
  const waits = load.waits.slice(before);
  const { answered } = attack;
  const statuses = [...attack.statuses].map(([status, count]) => `${count} × ${status}`).join(", ");
  const refused = (attack.statuses.get(401) ?? 0) === answered;
  await attack.stop();
  return {
    median: median(waits),
    good: waits.length,
    answered,
    statuses,
    /** True if every answer was a rejection of the signature. */
    refused,
    /** Milliseconds of processor time of the whole app by unsigned message. */
    cpu: (end.spent - start.spent) / Math.max(1, answered),
    /** Share of the time in which the main thread ran. */
    running: (end.ran - start.ran) / (seconds * 1000),
    /** Share of the time in which the main thread was ready to run but had no processor. */
    busy: (end.waited - start.waited) / (seconds * 1000),
  };
}

/** Processor time of a process, and the times in which its main thread ran and waited for a processor, in milliseconds. */
function processorTime(pid: number): { spent: number; ran: number; waited: number } {
  // After the name in brackets: state is the first field, user and system time in ticks of 10 ms the 12th and 13th.
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8")
    .replace(/^.*\) /s, "")
    .split(" ");
  const [ran, waited] = readFileSync(`/proc/${pid}/task/${pid}/schedstat`, "utf8").split(" ");
  const spent = 10 * (Number(stat[11]) + Number(stat[12]));
  return { spent, ran: Number(ran) / 1e6, waited: Number(waited) / 1e6 };
}
