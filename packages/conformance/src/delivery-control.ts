import type {
  ConfiguredDestination,
  DeliveryControl,
  DeliveryStore,
  DestinationState,
  DestinationStatus,
  EndedAttempt,
  EventLog,
  Outcome,
  ReplayPreview,
  ReplaySpec,
  Settlement,
} from "@sessionhook/core";

/** The end of an attempt, and the next state of its delivery. */
export interface Ending {
  readonly outcome: Outcome;
  readonly next: Settlement["next"];
  /** Default 12. */
  readonly durationMs?: number;
}

/**
 * Operates the deliveries of a store without router and dispatcher: tests of the API, the metrics and the pages move the
 * deliveries themselves, step by step.
 */
export class SteppedDeliveries implements DeliveryControl {
  readonly store: DeliveryStore;
  readonly #log: EventLog;
  readonly #now: () => number;
  readonly #listeners: ((attempts: readonly EndedAttempt[]) => void)[] = [];
  configured: readonly ConfiguredDestination[];
  /** Result of every test. */
  testOutcome: Outcome = { outcome: "delivered" };
  /** Destinations that were tested. */
  readonly tested: string[] = [];
  /** Number of calls of `wake`. */
  woken = 0;

  constructor(
    store: DeliveryStore,
    log: EventLog,
    configured: readonly ConfiguredDestination[],
    now: () => number,
  ) {
    this.store = store;
    this.#log = log;
    this.#now = now;
    this.configured = configured;
  }

  destinations = () => this.configured;

  /** Registers the configured destinations. */
  async register(): Promise<void> {
    await this.store.register(
      this.configured.map(({ name }) => name),
      this.#now(),
    );
  }

  /** Routes everything to all configured destinations, but what `skip` names to none. */
  async route(
    skip: (eventId: string, destination: string) => string | undefined = () => undefined,
  ): Promise<void> {
    for (;;) {
      const { events, token } = await this.store.unrouted(100);
      if (events.length === 0) return;
      const decisions = events.map((event) => ({
        eventId: event.id,
        facts: undefined,
        deliveries: this.configured.map(({ name }) => {
          const code = skip(event.id, name);
          return {
            destination: name,
            state: code === undefined ? ("waiting" as const) : ("skipped" as const),
            reason: code === undefined ? null : { code },
            dueAt: this.#now(),
            heldMs: 0,
          };
        }),
      }));
      await this.store.plan(token, decisions, this.#now());
    }
  }

  /** Claims and ends at most `limit` due deliveries of a destination; returns how many. */
  async attempt(destination: string, ending: Ending, limit = 100): Promise<number> {
    const owner = "stepped";
    const [at, { outcome, next, durationMs = 12 }] = [this.#now(), ending];
    const query = { destination, limit, leaseMs: 60_000, owner, now: at };
    const claims = [
      ...(await this.store.claim({ ...query, class: "new" })),
      ...(await this.store.claim({ ...query, class: "retry" })),
      ...(await this.store.claim({ ...query, class: "replay" })),
    ].slice(0, limit);
    const reason = outcome.outcome === "delivered" ? null : outcome.reason;
    await this.store.settle(
      claims.map((claim) => ({
        id: claim.id,
        attempt: claim.attempts,
        owner,
        at,
        record: {
          number: claim.attempts,
          startedAt: at - durationMs,
          durationMs,
          outcome: outcome.outcome,
          reason,
        },
        next,
      })),
    );
    const ended = claims.map(() => ({ destination, outcome: outcome.outcome, durationMs }));
    for (const listener of this.#listeners) listener(ended);
    return claims.length;
  }

  /** Changes the stored state of a destination. */
  async setState(name: string, change: Partial<DestinationState>): Promise<boolean> {
    const row = (await this.store.destinations()).find((one) => one.name === name);
    if (row === undefined) return false;
    return this.store.saveDestination(name, { ...row.state, ...change }, row.version);
  }

  pause = (name: string) => this.#become(name, "paused");
  resume = (name: string) => this.#become(name, "ready");

  /** Ends what is due, at most 100. */
  async discard(name: string): Promise<boolean> {
    const configured = this.destinations().some((one) => one.name === name);
    if (configured || !(await this.store.destinations()).some((row) => row.name === name)) return false;
    const outcome = { outcome: "rejected", reason: { code: "discarded" } } as const;
    await this.attempt(name, { outcome, next: { state: "dead" }, durationMs: 0 });
    return true;
  }

  #become(name: string, status: DestinationStatus): Promise<boolean> {
    return this.setState(name, { status, reason: null, since: this.#now(), probeAt: null });
  }

  async test(name: string): Promise<Outcome> {
    this.tested.push(name);
    return this.testOutcome;
  }

  async dryRun({ destinations, kind, status, type, events }: ReplaySpec): Promise<ReplayPreview> {
    const samples = [];
    let matched = 0;
    for (let after = "", end = false; !end;) {
      const page = await this.#log.scan({ limit: 500, type, ...(after === "" ? {} : { after }) });
      const chosen = page.events.filter(
        (event) => event.status === (status ?? "accepted") && (events?.includes(event.id) ?? true),
      );
      const pairs = chosen.flatMap((event) => destinations.map((destination) => ({ event, destination })));
      const found = await this.store.matches(
        kind,
        pairs.map(({ event, destination }) => ({ eventId: event.id, destination })),
      );
      for (const [i, { event, destination }] of pairs.entries()) {
        if (found[i] !== true) continue;
        if (++matched > 10) continue;
        samples.push({ eventId: event.id, eventType: event.type, destination, receivedAt: event.receivedAt });
      }
      [after, end] = [page.position, page.end];
    }
    return { matched, exact: true, samples };
  }

  /** Refuses expressions that contain `bad`. */
  checkWhen = async (expression: string) =>
    expression.includes("bad") ? "unknown name bad at 1:1" : undefined;

  wake(): void {
    this.woken++;
  }

  onAttempts(listener: (attempts: readonly EndedAttempt[]) => void): void {
    this.#listeners.push(listener);
  }
}
