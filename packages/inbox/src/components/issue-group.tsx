import { formatCount, formatPlural } from "../format/number.js";
import { eventPath } from "../paths.js";
import type { IssueGroup as Group } from "../quarantine/group-issues.js";
import { maxPathLength, recheckPath } from "../quarantine/selection.js";
import { Bar } from "./bar.js";
import { Clamped } from "./clamped.js";
import { CopyButton } from "./copy-button.js";
import { IssuePath } from "./issue-path.js";
import { Link } from "./link.js";
import { cut } from "./short.js";
import { Time } from "./time.js";
import { VisibleText, visibleText } from "./visible-text.js";

interface GroupProps {
  readonly group: Group;
  /** Number of events of the largest group. */
  readonly most: number;
  readonly exact: boolean;
  readonly now: number;
}

/** Renders the events that have an issue at one path: how many, what is wrong, examples. */
export function IssueGroup({ group, most, exact, now }: GroupProps) {
  const { path, events, messages, examples } = group;
  const label = path === "" ? "the whole body" : visibleText(cut(path, 80));
  return (
    <li class="issue-group panel">
      <div class="issue-group-head">
        <h2>
          <IssuePath path={path} />
        </h2>
        <p class="issue-group-count">
          <strong>
            {!exact && "at least "}
            {formatPlural(events, "event")}
          </strong>
          <Bar share={most === 0 ? 0 : events / most} />
        </p>
      </div>
      <ul class="issue-messages">
        {messages.map(({ text, events: count }) => (
          <li>
            <VisibleText text={cut(text, 160)} />
            {messages.length > 1 && <span class="note"> {formatCount(count)}</span>}
          </li>
        ))}
      </ul>
      <h3 class="visually-hidden">Newest events with this issue</h3>
      <ul class="issue-examples" data-rows>
        {examples.map((example) => (
          <li>
            <Link class="code" to={eventPath(example)}>
              <Clamped text={example.id} />
            </Link>
            <CopyButton what={`message id ${visibleText(cut(example.id, 60))}`} text={example.id} />
            <span class="note">
              {example.type === null ? "no type" : <Clamped text={example.type} />}
              <span>
                <Time at={example.receivedAt} now={now} />
              </span>
            </span>
          </li>
        ))}
      </ul>
      {path.length <= maxPathLength && (
        <p class="actions">
          <Link class="button" to={recheckPath({ status: "quarantined", path })}>
            Recheck…<span class="visually-hidden"> events with an issue at {label}</span>
          </Link>
        </p>
      )}
    </li>
  );
}
