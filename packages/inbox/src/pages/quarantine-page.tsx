import type { StoreStats } from "@sessionhook/core";
import { IssueGroup } from "../components/issue-group.js";
import { Layout } from "../components/layout.js";
import { Link } from "../components/link.js";
import { TimeZoneNote } from "../components/time-zone-note.js";
import { formatCount, formatPlural } from "../format/number.js";
import { listPath } from "../paths.js";
import type { IssueGroups } from "../quarantine/group-issues.js";
import { recheckPath } from "../quarantine/selection.js";

export interface QuarantinePageProps {
  readonly stats: StoreStats;
  readonly groups: IssueGroups;
  /** False if there are quarantined events older than those that were read. */
  readonly complete: boolean;
  readonly now: number;
}

/** Renders quarantined events by the path of their issues. */
export function QuarantinePage({ stats, groups, complete, now }: QuarantinePageProps) {
  const { quarantined, unrecognized } = stats;
  const exact = complete && groups.exact;
  return (
    <Layout title="Quarantine" signedIn={true} current="/quarantine">
      <div class="head-with-actions">
        <div class="event-head">
          <h1>Quarantine</h1>
          <p class="note">
            Genuine events that do not fit the schema of their type. They are stored, and are not delivered.
          </p>
        </div>
        {groups.events > 0 && (
          <p class="actions">
            <Link class="button" to={listPath({ status: "quarantined" })}>
              List events
            </Link>
            <Link class="button" to={recheckPath({ status: "quarantined" })}>
              Recheck all…
            </Link>
          </p>
        )}
      </div>
      {groups.events === 0 ? (
        <NothingHere />
      ) : (
        <>
          <p class="quarantine-total">
            <strong>{formatPlural(quarantined, "event")}</strong>
            {groups.groups.length > 0 && (
              <>
                {" "}
                with issues at{" "}
                <strong>
                  {!exact && "at least "}
                  {formatPlural(groups.groups.length + groups.more, "path")}
                </strong>
              </>
            )}
            {!complete && (
              <>
                . The numbers below are of the newest {formatCount(groups.events)}; a recheck examines the
                older ones too
              </>
            )}
            .
          </p>
          <ul class="issue-groups">
            {groups.groups.map((group) => (
              <IssueGroup group={group} most={groups.groups[0]?.events ?? 0} exact={exact} now={now} />
            ))}
          </ul>
          {groups.more > 0 && (
            <p class="note">And {formatPlural(groups.more, "further path")} with fewer events.</p>
          )}
        </>
      )}
      {unrecognized > 0 && (
        <section class="panel" aria-labelledby="unrecognized">
          <h2 id="unrecognized">{formatPlural(unrecognized, "unrecognized event")}</h2>
          <p class="words">
            This version does not know their event types. After an update of Sessionhook that knows them, a
            recheck accepts them.
          </p>
          <p class="actions">
            <Link class="button" to={listPath({ status: "unrecognized" })}>
              List events
            </Link>
            <Link class="button" to={recheckPath({ status: "unrecognized" })}>
              Recheck…<span class="visually-hidden"> unrecognized events</span>
            </Link>
          </p>
        </section>
      )}
      {groups.events > 0 && (
        <p class="footnote">
          <TimeZoneNote />
        </p>
      )}
    </Layout>
  );
}

function NothingHere() {
  return (
    <div class="empty">
      <h2>Nothing in quarantine</h2>
      <p>
        Every event fits the schema of its type. When the provider changes its payload, events that no longer
        fit appear here, grouped by the field that does not fit; none of them is lost.
      </p>
      <p class="actions">
        <Link class="button" to="/events">
          Show all events
        </Link>
      </p>
    </div>
  );
}
