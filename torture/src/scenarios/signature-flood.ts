import { generateKeyPair, generateSecret, sign } from "@sessionhook/core";
import { createSimulator } from "@sessionhook/simulator";
import type { AppProcess } from "../app-process.ts";
import { Flood } from "../flood.ts";
import type { Load } from "../load.ts";
import type { Scenario, Torture } from "../scenario.ts";
import { finish } from "../trouble.ts";
import { pause } from "../wait.ts";

/** Unsigned requests a second, each with a body as large as the limit. */
const perSecond = 100;
const body = Buffer.alloc(1024 * 1024, 0x7b);
/** How long each flood lasts, in seconds. */
const seconds = 6;
/** Half of the good messages are answered within this time meanwhile, in milliseconds. */
const bound = 50;
/** So often a flood is tried: a neighbour's load makes one slow, a fault makes all of them slow. */
const attempts = 3;
/** A median of fewer good messages says nothing. */
const enough = 50;
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
  const { name, secrets, secret } = flooded;
  const app = torture.process({ SESSIONHOOK_SECRETS: secrets.join(",") });
  await app.start();
  const simulator = createSimulator({ seed: torture.seed + secrets.length, now: Date.now() });
  const next = () => {
    const { id, body } = simulator.next();
    return { id, body: Buffer.from(body) };
  };
  const load = torture.load(app, 4, { next, secret, restMs: 50, timeoutMs: 30_000 });
  await load.acknowledges(20);
  // What only the machine held up is quick the next time.
  let seen = await measure(torture, app, load, flooded);
  for (let again = 1; again < attempts && seen.faults.length > 0; again++)
    seen = await measure(torture, app, load, flooded);
  for (const fault of seen.faults) torture.problems.push(`${name}: ${fault}`);
  await finish(torture, app, load);
  return `${name}: p50 ${seen.median.toFixed(1)} ms of ${seen.good} good messages (${seen.statuses})`;
}

/** One flood: what half of the good messages waited meanwhile, and what did not hold. */
async function measure(torture: Torture, app: AppProcess, load: Load, { forged }: Flooded) {
  const before = load.acknowledgements;
  const attack = new Flood(`${app.origin}/webhooks`, perSecond, () => ({
    headers: {
      "webhook-id": "evt_1",
      "webhook-timestamp": String(Math.floor(Date.now() / 1000)),
      "webhook-signature": forged,
    },
    body,
  }));
  torture.cleanUpWith(() => attack.stop());
  await pause(seconds * 1000);
  const waits = load.waits.slice(before).toSorted((a, b) => a - b);
  const { answered } = attack;
  const refused = attack.statuses.get(401) ?? 0;
  const statuses = [...attack.statuses].map(([status, count]) => `${count} × ${status}`).join(", ");
  await attack.stop();
  const median = waits[waits.length >> 1] ?? Number.POSITIVE_INFINITY;
  const sent = perSecond * seconds;
  const faults = [
    ...(waits.length < enough ? [`only ${waits.length} good messages in ${seconds} s`] : []),
    ...(median < bound ? [] : [`good messages waited ${median.toFixed(1)} ms (half of them)`]),
    ...(answered < 0.7 * sent ? [`only ${answered} of ${sent} unsigned ones were answered in time`] : []),
    ...(refused === answered ? [] : [`not all were refused as unsigned: ${statuses}`]),
  ];
  return { median, good: waits.length, statuses, faults };
}
