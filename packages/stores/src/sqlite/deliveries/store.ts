import type {
  Attempt,
  ClaimedDelivery,
  ClaimQuery,
  Delivery,
  DeliveryFilter,
  DeliveryPage,
  DeliveryStore,
  DestinationCounts,
  DestinationRow,
  DestinationState,
  PruneQuery,
  PruneResult,
  Replay,
  ReplayKind,
  ReplayPage,
  ReplayQuery,
  ReplaySpec,
  ReplayStep,
  RoutingDecision,
  Settlement,
  SettleResult,
  Unrouted,
  Derive,
} from "@sessionhook/core";
import { countUntil, positionAfter } from "../../page.js";
import type { Connection } from "../connection.js";
import type { LiveSessionOptions } from "../live-session.js";
import { LiveStore } from "../live-store.js";
import { claim } from "./claims.js";
import { deriveRouted, isBehind } from "./derive-routed.js";
import { counts, destinations, nextDueAt, saveDestination } from "./destinations.js";
import { attempts, get, list } from "./list.js";
import { prune } from "./prune.js";
import {
  cancelReplay,
  createReplay,
  findReplay,
  lastEvent,
  listReplays,
  matches,
  planReplay,
} from "./replays.js";
import { requeue } from "./requeue.js";
import { lag, plan, unrouted } from "./routing.js";
import { DeliverySession } from "./session.js";
import { endLeases, extend, settle } from "./settle.js";

/** The delivery store in an open database. */
export class SqliteDeliveryStore extends LiveStore<DeliverySession> implements DeliveryStore {
  readonly #registered: Map<string, number>;
  readonly #pruned = { from: 0 };
  readonly #loadDerive: () => Promise<Derive>;
  #derive: Derive | undefined;

  /**
   * Takes ownership of the connection; closes it if the database does not have the required schema.
   * @param loadDerive loads the code that derives the records of an event, which only routing and retention need
   */
  constructor(connection: Connection, options: LiveSessionOptions, loadDerive: () => Promise<Derive>) {
    const registered = new Map<string, number>();
    // An event of which a lost transaction knew is routed or sent again.
    super(
      connection,
      { ...options, repeatable: true },
      (connection) => new DeliverySession(connection, registered),
    );
    this.#loadDerive = loadDerive;
    this.#registered = registered;
  }

  async unrouted(limit: number): Promise<Unrouted> {
    return this.live.use((session) => unrouted(session, limit));
  }

  async plan(token: string, decisions: readonly RoutingDecision[], now: number): Promise<boolean> {
    const derive = (this.#derive ??= await this.#loadDerive());
    return this.write((session) => plan(session, { token, decisions, now, derive }));
  }

  async deriveRouted(limit: number): Promise<boolean> {
    if (!this.live.use(isBehind)) return false;
    const derive = (this.#derive ??= await this.#loadDerive());
    return this.write((session) => deriveRouted(session, limit, derive));
  }

  async lag(): Promise<number> {
    return this.live.use(lag);
  }

  async claim(query: ClaimQuery): Promise<readonly ClaimedDelivery[]> {
    return this.write((session) => claim(session, query));
  }

  async settle(settlements: readonly Settlement[]): Promise<readonly SettleResult[]> {
    return this.write((session) => settle(session, settlements));
  }

  async extend(
    claims: readonly { readonly id: string; readonly attempt: number }[],
    owner: string,
    leaseMs: number,
    now: number,
  ): Promise<readonly SettleResult[]> {
    return this.write((session) => extend(session, claims, owner, now + leaseMs));
  }

  async endLeases(owner: string, now: number): Promise<number> {
    return this.write((session) => endLeases(session, owner, now));
  }

  async nextDueAt(destinations: readonly string[]): Promise<number | null> {
    return this.live.use((session) => nextDueAt(session, destinations));
  }

  async register(names: readonly string[], now: number): Promise<void> {
    const added = new Map(names.map((name) => [name, now]));
    this.write((session) => session.register(added));
    for (const name of names) this.#registered.set(name, now);
  }

  async destinations(): Promise<readonly DestinationRow[]> {
    return this.live.use(destinations);
  }

  async saveDestination(name: string, state: DestinationState, expectedVersion: number): Promise<boolean> {
    return this.write((session) => saveDestination(session, name, state, expectedVersion));
  }

  async counts(now: number): Promise<readonly DestinationCounts[]> {
    return this.live.use((session) => counts(session, now));
  }

  async list(query: DeliveryFilter & { limit: number; cursor?: string | undefined }): Promise<DeliveryPage> {
    return this.live.use((session) => list(session, query));
  }

  async get(id: string): Promise<Delivery | undefined> {
    return this.live.use((session) => get(session, id));
  }

  async attempts(id: string): Promise<readonly Attempt[]> {
    return this.live.use((session) => attempts(session, id));
  }

  async requeue(id: string, now: number): Promise<boolean> {
    return this.write((session) => session.durably(() => requeue(session, id, now)));
  }

  async createReplay(spec: ReplaySpec, now: number): Promise<Replay> {
    return this.write((session) => session.durably(() => createReplay(session, spec, now)));
  }

  async replay(id: string): Promise<Replay | undefined> {
    return this.live.use((session) => findReplay(session, id));
  }

  async replays(query: ReplayQuery): Promise<ReplayPage> {
    return this.live.use((session) => listReplays(session, query));
  }

  async replayEnd(destinations: readonly string[]): Promise<string> {
    return this.live.use((session) => positionAfter(lastEvent(session, destinations)));
  }

  async countUntil(end: string, positions: readonly string[]): Promise<number> {
    return countUntil(end, positions);
  }

  async matches(
    kind: ReplayKind,
    pairs: readonly { readonly eventId: string; readonly destination: string }[],
  ): Promise<readonly boolean[]> {
    return this.live.use((session) =>
      pairs.map(({ eventId, destination }) => matches(session, kind, eventId, destination)),
    );
  }

  async planReplay(step: ReplayStep): Promise<boolean> {
    return this.write((session) => planReplay(session, step));
  }

  async cancelReplay(id: string, now: number): Promise<boolean> {
    return this.write((session) => session.durably(() => cancelReplay(session, id, now)));
  }

  async prune(query: PruneQuery): Promise<PruneResult> {
    const derive = (this.#derive ??= await this.#loadDerive());
    return this.write((session) => prune(session, { ...query, derive }, this.#pruned));
  }
}
