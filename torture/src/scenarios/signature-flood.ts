import { generateKeyPair, generateSecret, sign } from "@sessionhook/core";
import { createSimulator } from "@sessionhook/simulator";
import { Flood } from "../flood.ts";
import type { Scenario, Torture } from "../scenario.ts";
import { finish } from "../trouble.ts";
import { pause } from "../wait.ts";

/** Unsigned requests a second, each with a body as large as the limit. */
const perSecond = 100;
const body = Buffer.alloc(1024 * 1024, 0x7b);
/** How long each flood lasts, in seconds. */
const seconds = 6;
/** Half of the good messages are answered within this time meanwhile, in milliseconds. */
const bound: Readonly<Record<string, number>> = { node: 50, bun: 50, deno: 50 };
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
    return `${perSecond} unsigned bodies of 1 MiB a second, ${signatures} signatures each; ${told.join("; ")}`;
  },
};

async function flood(torture: Torture, { name, secrets, secret, forged }: Flooded): Promise<string> {
  const app = torture.process({ SESSIONHOOK_SECRETS: secrets.join(",") });
  const origin = await app.start();
  const simulator = createSimulator({ seed: torture.seed + secrets.length, now: Date.now() });
  const next = () => {
    const event = simulator.next();
    return { id: event.id, body: Buffer.from(event.body) };
  };
  const load = torture.load(app, 4, { next, secret, restMs: 50, timeoutMs: 30_000 });
  await load.acknowledges(20);
  const before = load.acknowledgements;
  const attack = new Flood(`${origin}/webhooks`, perSecond, () => ({
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
  const answered = attack.answered;
  const median = waits[waits.length >> 1] ?? Number.POSITIVE_INFINITY;
  const statuses = [...attack.statuses].map(([status, count]) => `${count} × ${status}`).join(", ");
  const refused = attack.statuses.get(401) ?? 0;
  await attack.stop();
  const limit = bound[torture.app.runtime] ?? 0;
  torture.check(waits.length >= enough, `${name}: only ${waits.length} good messages in ${seconds} s`);
  torture.check(median < limit, `${name}: good messages waited ${median.toFixed(1)} ms (half of them)`);
  torture.check(
    answered >= 0.7 * perSecond * seconds,
    `${name}: only ${answered} of ${perSecond * seconds} were answered in time`,
  );
  torture.check(refused === answered, `${name}: not all were refused as unsigned: ${statuses}`);
  await finish(torture, app, load);
  return `${name}: p50 ${median.toFixed(1)} ms of ${waits.length} good messages (${statuses})`;
}
