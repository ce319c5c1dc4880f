import type { IssueList as Issues } from "@sessionhook/core";
import { formatCount, formatPlural } from "../format/number.js";
import { VisibleText } from "./visible-text.js";

/** Lists the issues of a quarantined event. `targets` are the element ids of their rows in the tree, in the same order. */
export function IssueList({
  list: { issues, total, exact },
  targets,
}: {
  readonly list: Issues;
  readonly targets: readonly string[];
}) {
  return (
    <section class="panel panel-issues" aria-labelledby="issues">
      <h2 id="issues">
        {!exact && "At least "}
        {formatPlural(total, "issue")}
      </h2>
      <ol class="issues">
        {issues.map((issue, index) => {
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
      {total > issues.length && (
        <p class="note">
          And {!exact && "at least "}
          {formatCount(total - issues.length)} more, not listed.
        </p>
      )}
    </section>
  );
}
