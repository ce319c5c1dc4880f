/** One place where a body does not fit its schema. Never contains a value of the body. */
export interface Issue {
  /** Path of the field, written as in the reference: `data.enrichment.companies[0].name`; empty for the whole body. */
  readonly path: string;
  /** The expected type and the JSON type that was found. */
  readonly message: string;
}

/**
 * The issues of a body. A body can have more issues than are listed. Other types extend it rather than contain it, so that
 * `issues` is an array everywhere.
 */
export interface IssueList {
  /** The first issues in the order of the schema, at most `maxIssues`. */
  readonly issues: readonly Issue[];
  /** Number of issues of the body, listed or not. */
  readonly total: number;
  /** False if counting stopped at a limit: the body has more than `total` issues. */
  readonly exact: boolean;
}

/** Returns the list of a body that has these issues and no others. */
export function issueList(issues: readonly Issue[]): IssueList {
  return { issues, total: issues.length, exact: true };
}

/** The list of a body that fits its schema. */
export const noIssues: IssueList = issueList([]);
