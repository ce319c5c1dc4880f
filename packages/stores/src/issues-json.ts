import { type Issue, type IssueList, issueList, noIssues } from "@sessionhook/core";

/**
 * Returns the stored form of a list, or null without issues: most events have none, and null makes their rows shorter.
 * A complete list is stored as the array of its issues, an incomplete one with its count.
 */
export function issuesToJson({ issues, total, exact }: IssueList): string | null {
  if (total === 0) return null;
  return JSON.stringify(total === issues.length && exact ? issues : { issues, total, exact });
}

/** Returns the list of a stored form, whichever version of this project wrote it. */
export function issuesFromJson(json: string | null): IssueList {
  if (json === null) return noIssues;
  const stored = JSON.parse(json) as readonly Issue[] | IssueList;
  return "total" in stored ? stored : (countedInLastEntry(stored) ?? issueList(stored));
}

/** Before `IssueList`, the last entry of an incomplete list had no path and a message such as `and at least 9901 more`. */
function countedInLastEntry(stored: readonly Issue[]): IssueList | undefined {
  const last = stored.at(-1);
  const counted = last?.path === "" ? /^and (at least )?(\d{1,9}) more$/.exec(last.message) : null;
  if (counted === null) return undefined;
  const issues = stored.slice(0, -1);
  return { issues, total: issues.length + Number(counted[2]), exact: counted[1] === undefined };
}
