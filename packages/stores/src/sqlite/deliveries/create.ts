import type { PlannedDelivery } from "@sessionhook/core";
import {
  type CooldownHolder,
  coolDown,
  cooldownReason,
  notRegistered,
  wholeMs,
} from "../../deliveries/rules.js";
import { storedKeyOf } from "./cooldown-key.js";
import type { Counters } from "./counters.js";
import { jsonOf } from "./rows.js";
import type { DeliverySession } from "./session.js";

export interface EventKey {
  readonly seq: number;
  readonly id: string;
  readonly type: string | null;
  readonly received_at: number;
}

interface Known {
  readonly key: number;
  readonly start: number;
}

/** Creates deliveries within a transaction. */
export class Creator {
  readonly #session: DeliverySession;
  readonly #counters: Counters;
  readonly #now: number;
  readonly #destinations = new Map<string, Known>();
  /** Number of the last delivery. */
  #last: number;

  constructor(session: DeliverySession, counters: Counters, now: number) {
    this.#session = session;
    this.#counters = counters;
    this.#now = now;
    const rows = session.all<Known & { name: string }>("SELECT key, name, start FROM destinations");
    for (const row of rows) this.#destinations.set(row.name, row);
    this.#last = session.get<{ deliveries: number }>("SELECT deliveries FROM routing")?.deliveries ?? 0;
  }

  /** @throws RangeError for a destination that is not registered */
  destination(name: string): Known {
    const known = this.#destinations.get(name);
    if (known === undefined) throw notRegistered();
    return known;
  }

  /**
   * Creates a delivery unless there is one, or was one that `prune` deleted.
   * @param rechecked whether it replaces one that was skipped
   */
  create(event: EventKey, planned: PlannedDelivery, replay = 0, rechecked = false): boolean {
    const { key } = this.destination(planned.destination);
    const identity = [event.seq, key, replay] as const;
    const exists = this.#session.get(existsSql, ...identity, ...identity, ...identity) !== undefined;
    if (exists && !(rechecked && this.#session.get(skippedSql, event.seq, key) !== undefined)) return false;
    const { state, reason, heldBy } = this.#decide(event, key, planned, replay);
    if (exists) {
      if (state === "skipped") return false;
      this.#session.run(
        "DELETE FROM history WHERE seq = ? AND destination = ? AND replay = 0",
        event.seq,
        key,
      );
      this.#counters.add({ destination: key, replay }, "skipped", -1);
    }
    const number = ++this.#last;
    const place = [number, event.seq, key, replay] as const;
    const [now, json] = [this.#now, jsonOf(reason)];
    if (state === "skipped")
      this.#session.run(skipSql, ...place, event.id, event.type, now, now, json, heldBy);
    else {
      const due = [
        replay === 0 ? 0 : 2,
        wholeMs(planned.dueAt),
        now,
        now,
        wholeMs(planned.heldMs),
        json,
      ] as const;
      this.#session.run(openSql, ...place, ...due);
    }
    this.#counters.add({ destination: key, replay }, state === "skipped" ? "skipped" : "open");
    return true;
  }

  /** To be called at the end of the transaction. */
  finish(): void {
    this.#session.run("UPDATE routing SET deliveries = ?", this.#last);
  }

  #decide(
    { id, received_at }: EventKey,
    destination: number,
    { state, reason, cooldown }: PlannedDelivery,
    replay: number,
  ): Pick<PlannedDelivery, "state" | "reason"> & { readonly heldBy: string | null } {
    if (state === "skipped" || cooldown === undefined) return { state, reason, heldBy: null };
    const { ms } = cooldown;
    const key = storedKeyOf(cooldown.key);
    const holder = this.#session.get<CooldownHolder>(holderSql, destination, replay, key);
    const decision = coolDown(holder, { event: id, receivedAt: received_at }, cooldown);
    if (decision === "skip")
      return { state: "skipped", reason: cooldownReason, heldBy: holder?.event ?? null };
    const until = wholeMs(received_at + ms);
    if (decision === "hold") this.#session.run(holdSql, destination, replay, key, id, received_at, until);
    return { state, reason, heldBy: null };
  }
}

export const existsSql = `SELECT 1 FROM deliveries WHERE seq = ? AND destination = ? AND replay = ?
  UNION ALL SELECT 1 FROM history WHERE seq = ? AND destination = ? AND replay = ?
  UNION ALL SELECT 1 FROM former WHERE seq = ? AND destination = ? AND ? = 0 LIMIT 1`;
export const skippedSql = `SELECT 1 FROM history
  WHERE seq = ? AND destination = ? AND replay = 0 AND state = 'skipped' AND attempts = 0`;
const openSql = `INSERT INTO deliveries
  (number, seq, destination, replay, class, due_at, attempts, used, created_at, since, held_ms, reason)
  VALUES (?, ?, ?, ?, ?, ?, 0, 0, ?, ?, ?, ?)`;
const skipSql = `INSERT INTO history
  (number, seq, destination, replay, state, event, type, attempts, created_at, finished_at, reason, held_by)
  VALUES (?, ?, ?, ?, 'skipped', ?, ?, 0, ?, ?, ?, ?)`;
const holderSql = `SELECT event, received_at AS "receivedAt" FROM cooldowns
  WHERE destination = ? AND replay = ? AND key = ?`;
const holdSql = `INSERT OR REPLACE INTO cooldowns (destination, replay, key, event, received_at, until)
  VALUES (?, ?, ?, ?, ?, ?)`;
