import type { SplitIssues } from "@sessionhook/core";
import { formatCount, formatPlural } from "../format/number.js";
import { VisibleText } from "./visible-text.js";

/** Lists the issues of a quarantined event. `targets` are the element ids of their rows in the tree, in the same order. */
export function IssueList({
  issues: { named, unnamed, atLeast },
  targets,
}: {
  readonly issues: SplitIssues;
  readonly targets: readonly string[];
}) {
  return (
    <section class="panel panel-issues" aria-labelledby="issues">
      <h2 id="issues">
        {atLeast && "At least "}
        {formatPlural(named.length + unnamed, "issue")}
      </h2>
      <ol class="issues">
        {named.map((issue, index) => {
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
      {unnamed > 0 && (
        <p class="note">
          And {atLeast && "at least "}
          {formatCount(unnamed)} more, not listed.
        </p>
      )}
    </section>
  );
}
