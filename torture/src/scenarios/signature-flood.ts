import { generateKeyPair, generateSecret, sign } from "@sessionhook/core";
import { createSimulator } from "@sessionhook/simulator";
import type { AppProcess } from "../app-process.ts";
import { Flood } from "../flood.ts";
import type { Load } from "../load.ts";
import type { Scenario, Torture } from "../scenario.ts";
import { finish } from "../faults.ts";
import { pause } from "../wait.ts";

/** Unsigned requests a second, each with a body as large as the limit. */
const perSecond = 100;
const body = Buffer.alloc(1024 * 1024, 0x7b);
/** How long each flood lasts, in seconds. */
const seconds = 6;
/** Half of the good messages are answered within this time meanwhile, in milliseconds. */
const bound = 50;
/** How often a flood is tried at most. */
const attempts = 3;
/** A median of fewer good messages says nothing. */
const enough = 10;
/** Most signatures that one header may carry. */
const signatures = 64;

/** A receiver's secrets, one of which signs the good messages, and signatures nobody it knows has made. */
interface Flooded {
  readonly name: string;
  readonly secrets: readonly string[];
  readonly secret: string;
  readonly forged: string;
}

const times = <Value>(count: number, make: () => Value): Value[] => Array.from({ length: count }, make);

/** Distinct and of the right form, so that nothing but the check itself can refuse them. */
function forged(makeSecret: () => string, count = signatures): string {
  const entries = times(count, () => sign("{}", { id: "evt_1", secret: makeSecret() })["webhook-signature"]);
  return entries.join(" ");
}

const newSecretKey = () => generateKeyPair().secretKey;

/** The good messages are signed by the owner of the last key: the costliest one to verify. */
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

/** Unsigned bodies of 1 MiB with 64 signatures each, a hundred a second; good messages are answered meanwhile. */
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
  const judged = await judge((signature) => measure(torture, app, load, signature), forged);
  for (const fault of judged.faults) torture.problems.push(`${name}: ${fault}`);
  await finish(torture, app, load);
  return `${name}: ${judged.told}`;
}

interface Measured {
  /** What half of the good messages waited at most, in milliseconds. */
  readonly median: number;
  readonly good: number;
  readonly answered: number;
  readonly statuses: string;
  /** Whether all that were answered were refused as unsigned. */
  readonly refused: boolean;
}

/**
 * Measures until nothing is at fault, a few times at most. Where a bound does not hold it may be the machine that is
 * slow: the same flood with signatures that cost no check says how slow, and the next try is held to that.
 */
async function judge(measure: (signature: string) => Promise<Measured>, forged: string) {
  let control: Measured | undefined;
  for (let attempt = 1; ; attempt++) {
    const { median, good, answered, statuses, refused } = await measure(forged);
    const longest = Math.max(bound, 4 * (control?.median ?? 0));
    const least = 0.7 * (control?.answered ?? perSecond * seconds);
    const faults = [
      ...(good < enough ? [`only ${good} good messages in ${seconds} s`] : []),
      ...(median < longest ? [] : [`good messages waited ${median.toFixed(1)} ms (half of them)`]),
      ...(answered < least ? [`only ${answered} unsigned messages were answered in time`] : []),
      ...(refused ? [] : [`not all were refused as unsigned: ${statuses}`]),
    ];
    const beside = control === undefined ? "" : `, ${control.median.toFixed(1)} ms without checks`;
    const told = `p50 ${median.toFixed(1)} ms of ${good} good messages${beside} (${statuses})`;
    if (faults.length === 0 || attempt === attempts) return { faults, told };
    control = await measure(Array.from({ length: signatures }, () => "v1,AAAA").join(" "));
  }
}

async function measure(torture: Torture, app: AppProcess, load: Load, signature: string): Promise<Measured> {
  const before = load.acknowledgements;
  const attack = new Flood(`${app.origin}/webhooks`, perSecond, () => ({
    headers: {
      "webhook-id": "evt_1",
      "webhook-timestamp": String(Math.floor(Date.now() / 1000)),
      "webhook-signature": signature,
    },
    body,
  }));
  torture.cleanUpWith(() => attack.stop());
  await pause(seconds * 1000);
  const waits = load.waits.slice(before).toSorted((a, b) => a - b);
  const { answered } = attack;
  const statuses = [...attack.statuses].map(([status, count]) => `${count} × ${status}`).join(", ");
  const refused = (attack.statuses.get(401) ?? 0) === answered;
  await attack.stop();
  const median = waits[waits.length >> 1] ?? Number.POSITIVE_INFINITY;
  return { median, good: waits.length, answered, statuses, refused };
}
