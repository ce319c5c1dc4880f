import { writeSync } from "node:fs";
import { openSqliteDeliveryStore, openSqliteStore } from "../src/sqlite.js";
import { eventWith } from "./event-with.js";

// Appends, routes, claims and settles until it is killed. Prints the id of each event that was acknowledged ("+ id") and of
// each that was settled as delivered ("= id").
const [path = "", owner = "", leaseMs = "0"] = process.argv.slice(2);
const options = { path, busyTimeoutMs: 20_000 };
const events = await openSqliteStore(options);
const deliveries = await openSqliteDeliveryStore(options);
await deliveries.register(["crm"], Date.now());

for (let round = 0; ; round++) {
  const batch = Array.from({ length: 1 + (round % 4) }, (_, index) =>
    eventWith(`${owner}_${round}_${index}`),
  );
  await events.append(batch);
  print(batch.map(({ id }) => `+ ${id}\n`).join(""));
  const { events: unrouted, token } = await deliveries.unrouted(50);
  const waiting = { destination: "crm", state: "waiting", reason: null, dueAt: 0, heldMs: 0 } as const;
  const decisions = unrouted.map(({ id }) => ({
    eventId: id,
    facts: { eventId: id },
    deliveries: [waiting],
  }));
  await deliveries.plan(token, decisions, Date.now());
  for (const kind of ["new", "retry"] as const) {
    const now = Date.now();
    const query = { destination: "crm", class: kind, limit: 10, leaseMs: Number(leaseMs), owner, now };
    const claimed = await deliveries.claim(query);
    const results = await deliveries.settle(
      claimed.map(({ id, attempts }) => ({
        id,
        attempt: attempts,
        owner,
        at: now,
        record: { number: attempts, startedAt: now, durationMs: 1, outcome: "delivered", reason: null },
        next: { state: "delivered" },
      })),
    );
    print(
      claimed.flatMap(({ eventId }, at) => (results[at] === "settled" ? [`= ${eventId}\n`] : [])).join(""),
    );
  }
}

/** Waits while the pipe is full: its reader can be slower. */
function print(text: string): void {
  for (let rest = Buffer.from(text); rest.byteLength > 0;) {
    try {
      rest = rest.subarray(writeSync(1, rest));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}
