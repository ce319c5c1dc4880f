import type { AppProcess } from "./app-process.ts";
import { adminToken } from "./apps.ts";
import { ask } from "./http.ts";
import type { ReceivingSystem } from "./receiving-system.ts";
import type { Torture } from "./scenario.ts";
import { until } from "./wait.ts";

/** Signs what the apps send. They find it in RECEIVING_SECRET. */
export const receivingSecret = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
/** Long enough for a lease of a killed process to end. */
export const drainMs = 150_000;

/** Returns the configuration of a destination that gets every event, and tries again soon and often. */
export const httpDestination = (port: number, more: object = {}) => ({
  type: "http",
  url: `http://127.0.0.1:${port}/`,
  secret: { env: "RECEIVING_SECRET" },
  network: "private",
  statuses: ["accepted", "quarantined", "unrecognized"],
  timeout: "2 s",
  retry: { schedule: Array.from({ length: 50 }, () => "500 ms") },
  ...more,
});

/** Returns the number of acknowledged events that did not arrive. */
const missing = ({ ledger }: Torture, { accepted }: ReceivingSystem): number =>
  [...ledger.acknowledged].filter((id) => !accepted.has(id)).length;

/**
 * Waits until every acknowledged event has arrived, as long as one more arrives within `ms`; returns the number that did not: on a
 * busy machine the delivery thread, which has a lower priority, is slow and not stuck.
 */
export async function missingAtEnd(torture: Torture, system: ReceivingSystem, ms: number): Promise<number> {
  let left = missing(torture, system);
  while (left > 0 && (await until(() => missing(torture, system) < left, ms)))
    left = missing(torture, system);
  return left;
}

/** Waits until every acknowledged event has arrived, unchanged and genuine. */
export async function checkArrival(torture: Torture, name: string, system: ReceivingSystem): Promise<void> {
  const left = await missingAtEnd(torture, system, drainMs);
  torture.check(left === 0, `${left} acknowledged events did not arrive at ${name}`);
  torture.check(system.improper.length === 0, `not genuine at ${name}: ${system.improper.join(" | ")}`);
  const { sent } = torture.ledger;
  const wrong = [...system.accepted].filter(([id, hash]) => sent.get(id) !== hash).length;
  torture.check(wrong === 0, `${wrong} bodies differ at ${name}`);
}

export interface DestinationRow {
  readonly name: string;
  readonly open: number;
  readonly dead: number;
  readonly state: string;
  readonly oldestDueSeconds: number | null;
}

export async function destinationRows(app: AppProcess): Promise<readonly DestinationRow[]> {
  const headers = { authorization: `Bearer ${adminToken}` };
  const { text } = await ask(`${app.origin}/api/destinations`, { headers });
  return (JSON.parse(text) as { destinations: readonly DestinationRow[] }).destinations;
}

/** Waits until nothing is open, except at one destination; checks that no delivery to a ready one was due for two minutes. */
export async function checkSettled(
  torture: Torture,
  app: AppProcess,
  count: number,
  except?: string,
): Promise<void> {
  let rows: readonly DestinationRow[] = [];
  await until(async () => {
    rows = await destinationRows(app);
    return rows.every(({ name, open }) => name === except || open === 0);
  }, drainMs);
  torture.check(rows.length === count, `${rows.length} destinations`);
  for (const { name, open, dead, state, oldestDueSeconds } of rows) {
    if (name !== except)
      torture.check(
        open + dead === 0,
        `${open} deliveries to ${name} stay open (${state}), ${dead} are dead`,
      );
    const late = state === "ready" && (oldestDueSeconds ?? 0) > 120;
    torture.check(!late, `a delivery to ${name} was due for ${oldestDueSeconds} s`);
  }
}

/** Posts to the API of an app; throws unless it succeeds. */
export async function post(app: AppProcess, path: string, body?: object): Promise<void> {
  const headers = { authorization: `Bearer ${adminToken}`, "content-type": "application/json" };
  const sent = body === undefined ? {} : { body: Buffer.from(JSON.stringify(body)) };
  const { status, text } = await ask(`${app.origin}${path}`, { method: "POST", headers, ...sent });
  if (status > 299) throw new Error(`${path}: ${status} ${text.slice(0, 200)}`);
}
