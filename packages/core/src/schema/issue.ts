/** One misfit between a payload and its schema. Never contains a value of the payload. */
export interface Issue {
  /** Where, written as in the reference: `data.enrichment.companies[0].name`; empty for the whole body. */
  readonly path: string;
  /** What was expected there, and which JSON type was found. */
  readonly message: string;
}

/** A list of misfits, read: those it names, and how many there are that it only counts. */
export interface ToldIssues {
  readonly named: readonly Issue[];
  readonly unnamed: number;
  /** There may be more: counting ended. */
  readonly atLeast: boolean;
}

/** The last entry of a list that names not all: `and 12 more`. */
export function unnamedIssues(count: number, atLeast: boolean): Issue {
  return { path: "", message: `and ${atLeast ? "at least " : ""}${count} more` };
}

/** Tells the misfits that a list names from its last entry, where that only counts. */
export function tellIssues(issues: readonly Issue[]): ToldIssues {
  const last = issues.at(-1);
  const counted = last?.path === "" ? /^and (at least )?(\d{1,9}) more$/.exec(last.message) : null;
  if (counted === null) return { named: issues, unnamed: 0, atLeast: false };
  return { named: issues.slice(0, -1), unnamed: Number(counted[2]), atLeast: counted[1] !== undefined };
}
