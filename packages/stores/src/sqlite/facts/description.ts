import type { SQLInputValue } from "node:sqlite";
import type { Group, OwnerKind } from "./owner-kind.js";

/** Number and time of an event. */
export interface Moment {
  readonly seq: number;
  readonly at: number;
}

/** Before every event. */
const beforeAll: Moment = { seq: 0, at: -1 };

/**
 * The description of a person or a company: each group of columns has the values of the newest event that has one of them,
 * whatever the order in which the events are added.
 */
export class Description {
  readonly #kind: OwnerKind;
  readonly #values: SQLInputValue[];
  /** The events of the groups. */
  readonly #sources: Moment[];
  changed = false;
  /** True if the event of a group no longer counts: an older one can have values for it. */
  incomplete = false;

  /**
   * @param values those of the columns, as stored
   * @param sources as stored: null if all are from the newest event
   */
  constructor(
    kind: OwnerKind,
    values: readonly SQLInputValue[] = kind.columns.map(() => null),
    newest: Moment = beforeAll,
    sources: string | null = null,
  ) {
    this.#kind = kind;
    this.#values = [...values];
    const numbers = sources === null ? undefined : (JSON.parse(sources) as number[]);
    this.#sources = kind.groups.map((group, index) => {
      if (!isGiven(group, this.#values)) return beforeAll;
      const [seq = 0, at = -1] = numbers?.slice(2 * index, 2 * index + 2) ?? [newest.seq, newest.at];
      return { seq, at };
    });
  }

  get values(): readonly SQLInputValue[] {
    return this.#values;
  }

  /** Adds the values of an event, in the place of those it had. */
  add(event: Moment, values: readonly SQLInputValue[]): void {
    for (const [index, group] of this.#kind.groups.entries()) {
      const source = this.#sources[index] as Moment;
      if (isGiven(group, values)) {
        if (isNewer(source, event)) continue;
        this.#sources[index] = event;
        for (let at = group.first; at < group.end; at++) this.#values[at] = values[at] ?? null;
        this.changed = true;
      } else if (source.seq === event.seq) this.#clear(index, group);
    }
  }

  /** To be called when an event does not count any more. */
  remove(seq: number): void {
    for (const [index, group] of this.#kind.groups.entries())
      if (this.#sources[index]?.seq === seq) this.#clear(index, group);
  }

  /** Returns whether no event before a given one can have values for a group. */
  isSettled(event: Moment): boolean {
    return this.#sources.every((source) => !isNewer(event, source));
  }

  texts(): readonly (string | null)[] {
    return this.#kind.texts.map((place) => this.#values[place] as string | null);
  }

  /** Returns the sources as they are stored. @param newest the newest event */
  sources(newest: Moment): string | null {
    const known = this.#sources.filter(({ seq }) => seq !== beforeAll.seq);
    if (known.every(({ seq, at }) => seq === newest.seq && at === newest.at)) return null;
    return JSON.stringify(this.#sources.flatMap(({ seq, at }) => [seq, at]));
  }

  #clear(index: number, { first, end }: Group): void {
    this.#sources[index] = beforeAll;
    this.#values.fill(null, first, end);
    this.changed = this.incomplete = true;
  }
}

/** Returns whether one event is newer than another; of two at the same time the later in the log is. */
export function isNewer(one: Moment, other: Moment): boolean {
  return one.at > other.at || (one.at === other.at && one.seq > other.seq);
}

/** Returns whether a group has a value. */
function isGiven({ first, end }: Group, values: readonly SQLInputValue[]): boolean {
  for (let at = first; at < end; at++) if (values[at] !== null) return true;
  return false;
}
