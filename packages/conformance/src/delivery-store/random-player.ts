import {
  type ClaimedDelivery,
  type Delivery,
  type EventStatus,
  noIssues,
  type PlannedDelivery,
  type Replay,
  type RoutingDecision,
} from "@sessionhook/core";
import { listAll as listEvents, newEvent } from "../event-log/events.js";
import { closeBoth, type DeliveryFixture, type Stores } from "./harness.js";
import type { Action } from "./random-actions.js";
import { listAll, planned, pruneAll, settlement, start } from "./steps.js";

const lease = 30;
const ms = 40;

/** Plays actions on one store. Ids become numbers in the order of their first appearance, so that stores can be compared. */
export class Player {
  readonly #fixture: DeliveryFixture;
  #stores: Stores;
  #now = start;
  #token = "";
  #claimed: (ClaimedDelivery & { readonly owner: string })[] = [];
  readonly #names = new Map<string, number>();
  readonly #seen: string[] = [];
  readonly #replays: string[] = [];
  /** Attempts that were claimed, which must be different, and the ends of leases. */
  readonly #attempts = new Set<string>();
  readonly #leases = new Map<string, number>();

  private constructor(fixture: DeliveryFixture, stores: Stores) {
    this.#fixture = fixture;
    this.#stores = stores;
  }

  static async on(fixture: DeliveryFixture): Promise<Player> {
    const player = new Player(fixture, await fixture.open());
    await player.play({ do: "register", destination: "crm" });
    return player;
  }

  async close(): Promise<void> {
    await closeBoth(this.#stores);
  }

  /** Returns what a caller can notice. */
  async play(action: Action): Promise<unknown> {
    const { events, deliveries } = this.#stores;
    const now = this.#now;
    switch (action.do) {
      case "append": {
        const { ids, status, raw } = action;
        const type = raw === "1" ? "t" : null;
        return events.append(
          ids.map((id, index) => newEvent({ id, status, raw, type, receivedAt: now - 7 * index })),
        );
      }
      case "reclassify":
        return events.reclassify(action.id, { type: "r", status: action.status, ...noIssues });
      case "register":
        return deliveries.register([action.destination], now);
      case "plan":
        return this.#plan(action);
      case "planStale":
        return this.#token === "" || deliveries.plan(this.#token, [], now);
      case "claim":
        return this.#claim(action);
      case "settle":
        return this.#settle(action);
      case "extend": {
        const claims = this.#pick(action.which).map(({ id, attempts }) => ({ id, attempt: attempts }));
        const results = await deliveries.extend(claims, action.owner, lease, now);
        for (const [at, { id }] of claims.entries())
          if (results[at] === "settled") this.#leases.set(id, now + lease);
        return results;
      }
      case "requeue": {
        const id = this.#seen[action.which % Math.max(1, this.#seen.length)] ?? "none";
        this.#leases.delete(id);
        return deliveries.requeue(id, now);
      }
      case "save":
        return this.#save(action);
      case "createReplay": {
        const spec = { destinations: ["crm"], kind: action.kind, rate: 1 } as const;
        const replay = await deliveries.createReplay(spec, now);
        this.#replays.push(replay.id);
        return this.#replay(replay);
      }
      case "planReplay":
        return this.#planReplay(action);
      case "cancelReplay": {
        const id = this.#replays[action.which % Math.max(1, this.#replays.length)];
        return id === undefined ? undefined : deliveries.cancelReplay(id, now);
      }
      case "matches":
        return deliveries.matches(
          action.kind,
          action.ids.map((eventId) => ({ eventId, destination: action.destination })),
        );
      case "prune": {
        const before = (age: number | undefined) => (age === undefined ? undefined : now - age);
        return pruneAll(deliveries, {
          historyBefore: before(action.history),
          eventsBefore: before(action.events),
          tombstonesBefore: before(action.tombstones),
          now,
        });
      }
      case "wait":
        this.#now += action.ms;
        return undefined;
      case "reopen":
        await this.close();
        this.#stores = await this.#fixture.open();
        return undefined;
    }
  }

  /** Returns everything that can be read, in the order of the calls. */
  async read(whole: boolean): Promise<unknown> {
    const { events, deliveries } = this.#stores;
    const all = await listAll(deliveries, {}, 7);
    const counts = await deliveries.counts(this.#now);
    for (const { destination, open, delivered, skipped, dead } of counts) {
      const tally = (...states: string[]) =>
        all.filter((each) => each.destination === destination && states.includes(each.state)).length;
      const tallies = [tally("waiting", "delivering"), tally("delivered"), tally("skipped"), tally("dead")];
      if (String(tallies) !== String([open, delivered, skipped, dead]))
        throw new Error(`The counters ${open}, ${delivered}, ${skipped}, ${dead} are not ${String(tallies)}`);
    }
    const attempts = whole ? await Promise.all(all.map(async ({ id }) => deliveries.attempts(id))) : [];
    const rows = await listEvents(events, { limit: 9 });
    return {
      counts,
      attempts,
      stats: await events.stats(),
      lag: await deliveries.lag(),
      deliveries: all.map((each) => this.#named(each)),
      events: rows.map(({ position: _position, ...row }) => row),
      states: (await deliveries.destinations()).map(({ name, state }) => [name, state]),
      replays: (await deliveries.replays({ limit: 100 })).replays.map((replay) => this.#replay(replay)),
      nextDue: await deliveries.nextDueAt(["crm", "slack", "archive"]),
      unrouted: (await deliveries.unrouted(5)).events.map(
        ({ id, status }: { id: string; status: EventStatus }) => [id, status],
      ),
    };
  }

  async #plan({ limit, decide, choices }: Action & { do: "plan" }): Promise<unknown> {
    const { deliveries } = this.#stores;
    const { events, token } = await deliveries.unrouted(limit);
    this.#token = token;
    const known = (await deliveries.destinations()).map(({ name }) => name);
    const decisions = events.slice(0, decide).map(({ id, receivedAt }, at): RoutingDecision => ({
      eventId: id,
      facts: at % 2 === 0 ? { eventId: id, eventCreatedAt: receivedAt } : undefined,
      deliveries: known.flatMap((name, index) => this.#choose(name, choices, at * known.length + index)),
    }));
    return [
      events.map(({ id, version }) => [id, version]),
      await deliveries.plan(token, decisions, this.#now),
    ];
  }

  #choose(name: string, choices: readonly string[], index: number): PlannedDelivery[] {
    const now = this.#now;
    switch (choices[index % choices.length]) {
      case "wait":
        return [planned(name, { dueAt: now })];
      case "later":
        return [planned(name, { dueAt: now + 15, heldMs: 3 })];
      case "skip":
        return [planned(name, { state: "skipped", reason: { code: "filter" } })];
      case "cool":
        return [planned(name, { dueAt: now, cooldown: { key: `key ${index % 2}`, ms } })];
      default:
        return [];
    }
  }

  async #claim(query: Action & { do: "claim" }): Promise<unknown> {
    const claimed = await this.#stores.deliveries.claim({ ...query, leaseMs: lease, now: this.#now });
    for (const { id, attempts } of claimed) {
      if (this.#attempts.has(`${id} ${attempts}`)) throw new Error("An attempt was claimed twice");
      this.#attempts.add(`${id} ${attempts}`);
      if ((this.#leases.get(id) ?? 0) > this.#now) throw new Error("A leased delivery was claimed");
      this.#leases.set(id, this.#now + lease);
    }
    const { owner } = query;
    this.#claimed = [...claimed.map((each) => ({ ...each, owner })), ...this.#claimed].slice(0, 6);
    return claimed.map((each) => {
      const { position: _position, ...event } = each.event;
      return { ...this.#named(each), event };
    });
  }

  async #settle({ which, next, fault }: Action & { do: "settle" }): Promise<unknown> {
    const now = this.#now;
    const picked = this.#pick(which);
    const results = await this.#stores.deliveries.settle(
      picked.map((each) => {
        const waiting = {
          state: "waiting",
          dueAt: now + (next === "used" ? 10 : 0),
          used: next === "used",
        } as const;
        const done = next === "used" || next === "unused" ? waiting : { state: next as "dead" };
        const settled = settlement(each, done, { at: now, owner: fault === "owner" ? "three" : each.owner });
        return fault === "attempt" ? { ...settled, attempt: settled.attempt - 1 } : settled;
      }),
    );
    for (const [at, { id }] of picked.entries()) if (results[at] === "settled") this.#leases.delete(id);
    return results;
  }

  async #save({ which, status, stale }: Action & { do: "save" }): Promise<unknown> {
    const { deliveries } = this.#stores;
    const rows = await deliveries.destinations();
    const row = rows[which % Math.max(1, rows.length)];
    if (row === undefined) return undefined;
    const state = {
      ...row.state,
      status: status as "ready",
      since: this.#now - 3,
      heldMs: row.state.heldMs + 1,
    };
    return deliveries.saveDestination(row.name, state, stale ? row.version - 1 : row.version);
  }

  async #planReplay({
    which,
    ids,
    destination,
    choices,
    done,
    stale,
  }: Action & { do: "planReplay" }): Promise<unknown> {
    const { deliveries } = this.#stores;
    const id = this.#replays[which % Math.max(1, this.#replays.length)];
    const known = (await deliveries.destinations()).some(({ name }) => name === destination);
    if (id === undefined || !known) return undefined;
    const replay = await deliveries.replay(id);
    const from = stale ? "stale" : (replay?.position ?? null);
    const steps = ids.flatMap((eventId, index) =>
      this.#choose(destination, choices, index).map((planned) => ({
        eventId,
        facts: { botLikely: true },
        planned,
      })),
    );
    const to = `${from ?? ""}+`;
    return deliveries.planReplay({ id, from, to, done, deliveries: steps, now: this.#now });
  }

  #pick(which: readonly number[]): (ClaimedDelivery & { readonly owner: string })[] {
    return which.flatMap((index) => this.#claimed[index % Math.max(1, this.#claimed.length)] ?? []);
  }

  #named<D extends Delivery>(delivery: D): object {
    if (!this.#names.has(delivery.id)) this.#seen.push(delivery.id);
    return this.#renamed({ ...delivery, replay: this.#number(delivery.replay) });
  }

  /** Positions in the event log differ between stores. */
  #replay({ end: _end, ...replay }: Replay): object {
    return this.#renamed(replay);
  }

  #renamed(row: { readonly id: string }): object {
    return { ...row, id: this.#number(row.id) };
  }

  #number(id: string | null): number | null {
    if (id === null) return null;
    const number = this.#names.get(id) ?? this.#names.size;
    this.#names.set(id, number);
    return number;
  }
}
