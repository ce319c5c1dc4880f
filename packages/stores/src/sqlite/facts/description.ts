import type { SQLInputValue } from "node:sqlite";
import { type OwnerKind, describedColumns } from "./owner-kind.js";

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
    values: readonly SQLInputValue[] = describedColumns(kind).map(() => null),
    newest: Moment = beforeAll,
    sources: string | null = null,
  ) {
    this.#kind = kind;
    this.#values = [...values];
    const numbers = sources === null ? undefined : (JSON.parse(sources) as number[]);
    this.#sources = this.#groups().map(({ group, given }) => {
      if (!given(this.#values)) return beforeAll;
      const [seq = 0, at = -1] = numbers?.slice(2 * group, 2 * group + 2) ?? [newest.seq, newest.at];
      return { seq, at };
    });
  }

  get values(): readonly SQLInputValue[] {
    return this.#values;
  }

  /** Adds the values of an event, in the place of those it had. */
  add(event: Moment, values: readonly SQLInputValue[]): void {
    for (const { group, first, size, given } of this.#groups()) {
      const source = this.#sources[group] as Moment;
      if (given(values)) {
        if (isNewer(source, event)) continue;
        this.#sources[group] = event;
        this.#values.splice(first, size, ...values.slice(first, first + size));
        this.changed = true;
      } else if (source.seq === event.seq) this.#clear(group, first, size);
    }
  }

  /** To be called when an event does not count any more. */
  remove(seq: number): void {
    for (const { group, first, size } of this.#groups())
      if (this.#sources[group]?.seq === seq) this.#clear(group, first, size);
  }

  /** Returns whether every group has values. */
  isFull(): boolean {
    return this.#sources.every(({ seq }) => seq !== beforeAll.seq);
  }

  texts(): readonly (string | null)[] {
    const columns = describedColumns(this.#kind);
    return this.#kind.texts.map((text) => this.#values[columns.indexOf(text)] as string | null);
  }

  /** Returns the sources as they are stored. @param newest the newest event */
  sources(newest: Moment): string | null {
    const known = this.#sources.filter(({ seq }) => seq !== beforeAll.seq);
    if (known.every(({ seq, at }) => seq === newest.seq && at === newest.at)) return null;
    return JSON.stringify(this.#sources.flatMap(({ seq, at }) => [seq, at]));
  }

  #clear(group: number, first: number, size: number): void {
    this.#sources[group] = beforeAll;
    this.#values.fill(null, first, first + size);
    this.changed = this.incomplete = true;
  }

  #groups() {
    return groupsOf(this.#kind);
  }
}

/** Returns whether one event is newer than another; of two at the same time the later in the log is. */
export function isNewer(one: Moment, other: Moment): boolean {
  return one.at > other.at || (one.at === other.at && one.seq > other.seq);
}

interface Group {
  readonly group: number;
  /** Place of the first value, and number of values. */
  readonly first: number;
  readonly size: number;
  readonly given: (values: readonly SQLInputValue[]) => boolean;
}

const known = new Map<OwnerKind, readonly Group[]>();

function groupsOf(kind: OwnerKind): readonly Group[] {
  let groups = known.get(kind);
  if (groups === undefined) {
    let end = 0;
    groups = kind.groups.map(({ length: size }, group) => {
      const first = end;
      end += size;
      const given = (values: readonly SQLInputValue[]) => {
        for (let at = first; at < first + size; at++) if (values[at] !== null) return true;
        return false;
      };
      return { group, first, size, given };
    });
    known.set(kind, groups);
  }
  return groups;
}
