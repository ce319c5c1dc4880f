import type { DeliveryStore, DestinationRow, DestinationState } from "@sessionhook/core";

/** Returns a changed state. It must be a pure function: after a conflict it is applied again to the newer state. */
export type Change = (state: DestinationState) => DestinationState;

interface Entry {
  row: DestinationRow;
  /** Changes of this process that are not stored yet. */
  readonly pending: Change[];
  /** The stored state with the pending changes. */
  current: DestinationState;
}

/** Conflicts with other processes after which a save is given up until the next one. */
const maxConflicts = 5;

/**
 * The states of destinations in this process. Other processes change them too: every save compares the version, and after
 * a conflict applies the changes of this process to the state that the other process has stored.
 */
export class DestinationStates {
  readonly #store: DeliveryStore;
  readonly #onChange: (name: string, from: DestinationState, to: DestinationState) => void;
  readonly #entries = new Map<string, Entry>();
  #queue: Promise<unknown> = Promise.resolve();

  /** @param onChange called after this process has stored a changed status */
  constructor(
    store: DeliveryStore,
    onChange: (name: string, from: DestinationState, to: DestinationState) => void = () => {},
  ) {
    this.#store = store;
    this.#onChange = onChange;
  }

  /** Reads the states that other processes have stored. */
  load(): Promise<void> {
    return this.#serially(() => this.#load());
  }

  get(name: string): DestinationState | undefined {
    return this.#entries.get(name)?.current;
  }

  /** Changes a state in this process; `save` stores it. */
  apply(name: string, change: Change): void {
    const entry = this.#entries.get(name);
    if (entry === undefined) return;
    const next = change(entry.current);
    if (next === entry.current) return;
    entry.pending.push(change);
    entry.current = next;
  }

  /** Returns the names of destinations with changes that should be stored at once, such as another status. */
  urgent(): string[] {
    return [...this.#entries].filter(([, entry]) => isUrgent(entry)).map(([name]) => name);
  }

  /** Returns the names of destinations with changes that are not stored. */
  unsaved(): string[] {
    return [...this.#entries].filter(([, { pending }]) => pending.length > 0).map(([name]) => name);
  }

  /** Stores the changes of a destination. Returns false after several conflicts: the changes remain for the next save. */
  save(name: string): Promise<boolean> {
    return this.#serially(() => this.#save(name));
  }

  /**
   * Changes a state in the store at once.
   * @returns false if `change` returns the same state, because another process has made the change, or after several
   * conflicts
   */
  update(name: string, change: Change): Promise<boolean> {
    return this.#serially(async () => {
      for (let conflicts = 0; conflicts < maxConflicts; conflicts++) {
        await this.#load();
        await this.#save(name);
        const row = this.#entries.get(name)?.row;
        if (row === undefined || change(row.state) === row.state) return false;
        if (await this.#storeRow(row, change(row.state))) return true;
      }
      return false;
    });
  }

  async #load(): Promise<void> {
    for (const row of await this.#store.destinations()) {
      const pending = this.#entries.get(row.name)?.pending ?? [];
      this.#entries.set(row.name, { row, pending, current: applyAll(row.state, pending) });
    }
  }

  async #save(name: string): Promise<boolean> {
    for (let conflicts = 0; conflicts < maxConflicts; conflicts++) {
      const entry = this.#entries.get(name);
      if (entry === undefined || entry.pending.length === 0) return true;
      const { row, pending } = entry;
      const count = pending.length;
      if (await this.#storeRow(row, applyAll(row.state, pending), () => void pending.splice(0, count)))
        return true;
    }
    return false;
  }

  /** Stores a state if the row has not changed, and reads all states again. */
  async #storeRow(
    row: DestinationRow,
    to: DestinationState,
    onSaved: () => void = () => {},
  ): Promise<boolean> {
    const { name, state: from, version } = row;
    const saved = to === from || (await this.#store.saveDestination(name, to, version));
    if (saved) onSaved();
    await this.#load();
    if (saved && to.status !== from.status) this.#onChange(name, from, to);
    return saved;
  }

  /** Runs one task at a time, so that no older read overwrites the result of a save. */
  #serially<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(task);
    this.#queue = result.catch(() => {});
    return result;
  }
}

function applyAll(state: DestinationState, changes: readonly Change[]): DestinationState {
  return changes.reduce((result, change) => change(result), state);
}

function isUrgent({ row: { state }, current, pending }: Entry): boolean {
  if (pending.length === 0) return false;
  return (
    current.status !== state.status ||
    current.probeAt !== state.probeAt ||
    current.pacedUntil !== state.pacedUntil ||
    current.ramp !== state.ramp ||
    current.failures > state.failures
  );
}
