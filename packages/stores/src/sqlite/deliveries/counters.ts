export type Counted = "open" | "delivered" | "skipped" | "dead";
type Deltas = Record<Counted, number>;

/** Collects the changes of a transaction to the counters of destinations and replays, so that no query counts history. */
export class Counters {
  readonly #destinations = new Map<number, Deltas>();
  readonly #replays = new Map<number, Deltas>();

  /** @param count negative for deliveries that leave this state */
  add(delivery: { readonly destination: number; readonly replay: number }, state: Counted, count = 1): void {
    this.addToDestination(delivery.destination, state, count);
    if (delivery.replay > 0) deltasOf(this.#replays, delivery.replay)[state] += count;
  }

  /** For history that `prune` deletes: a replay still counts it. */
  addToDestination(destination: number, state: Counted, count: number): void {
    deltasOf(this.#destinations, destination)[state] += count;
  }

  /** @param run executes a statement with its parameters */
  store(run: (sql: string, ...parameters: number[]) => void): void {
    for (const [key, { open, delivered, skipped, dead }] of this.#destinations)
      run(destinationSql, open, delivered, skipped, dead, key);
    for (const [number, { open, delivered, skipped, dead }] of this.#replays)
      run(replaySql, open, delivered, skipped, dead, number);
  }
}

function deltasOf(map: Map<number, Deltas>, key: number): Deltas {
  const deltas = map.get(key) ?? { open: 0, delivered: 0, skipped: 0, dead: 0 };
  map.set(key, deltas);
  return deltas;
}

const added = "open = open + ?, delivered = delivered + ?, skipped = skipped + ?, dead = dead + ?";
const destinationSql = `UPDATE destinations SET ${added} WHERE key = ?`;
const replaySql = `UPDATE replays SET ${added} WHERE number = ?`;
