import type { Issue } from "@sessionhook/core";
import { formatCount, formatPlural } from "../format/number.js";
import { VisibleText } from "./visible-text.js";

const maxIssues = 100;

/** Where a quarantined payload does not fit. `targets` are the ids of the rows in the tree, in the same order. */
export function IssueList({
  issues,
  targets,
}: {
  readonly issues: readonly Issue[];
  readonly targets: readonly string[];
}) {
  return (
    <section class="panel panel-issues" aria-labelledby="issues">
      <h2 id="issues">{formatPlural(issues.length, "issue")}</h2>
      <ol class="issues">
        {issues.slice(0, maxIssues).map((issue, index) => {
          const path = issue.path === "" ? "the whole body" : <VisibleText text={issue.path} />;
          const target = targets[index];
          return (
            <li>
              {target === undefined ? (
                <span class="code">{path}</span>
              ) : (
                <a class="code" href={`#${target}`}>
                  {path}
                </a>
              )}{" "}
              <span>
                <VisibleText text={issue.message} />
              </span>
            </li>
          );
        })}
      </ol>
      {issues.length > maxIssues && (
        <p class="note">
          And {formatCount(issues.length - maxIssues)} more. The rest is in the answer of{" "}
          <code>/api/events</code>.
        </p>
      )}
    </section>
  );
}
