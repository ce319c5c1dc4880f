import type {
  Classification,
  ConfiguredDestination,
  DeliveryPage,
  EventStatus,
  EventSummary,
  StoredEvent,
} from "@sessionhook/core";
import { BackLink } from "../components/back-link.js";
import { EventDeliveries } from "../components/event-deliveries.js";
import { Facts } from "../components/facts.js";
import { IssueList } from "../components/issue-list.js";
import { Layout } from "../components/layout.js";
import { Payload } from "../components/payload.js";
import { RecheckNotice } from "../components/recheck-notice.js";
import { StatusBadge } from "../components/status-badge.js";
import { VersionList } from "../components/version-list.js";
import { VisibleText, visibleText } from "../components/visible-text.js";
import { readBody } from "../payload/read-body.js";
import { planTree, type TreeRow } from "../payload/tree-plan.js";

export interface EventPageProps {
  readonly event: StoredEvent;
  readonly versions: readonly EventSummary[];
  /** Undefined where nothing is delivered, and for conflicts, which are never delivered. */
  readonly deliveries: DeliveryPage | undefined;
  /** Configured destinations; none where nothing is delivered. */
  readonly destinations: readonly ConfiguredDestination[];
  /** The status that a recheck would give; undefined for an event that needs none. */
  readonly rechecked: Classification | undefined;
  readonly now: number;
  readonly expandAll: boolean;
}

const meanings: Readonly<Record<EventStatus, string>> = {
  accepted: "Verified, and valid for the schema of its event type.",
  quarantined: "Verified and stored, but not valid for the schema of its event type.",
  unrecognized: "Verified and stored, but this version does not know its event type.",
  conflict: "Verified and stored, but its message id belongs to an earlier event with other bytes.",
};

/** Renders one event: properties, issues, versions and payload. */
export function EventPage(props: EventPageProps) {
  const { event, versions, deliveries, destinations, rechecked, now, expandAll } = props;
  const body = readBody(event.raw);
  const plan = body.kind === "json" ? planTree(body.root, event.issues, expandAll) : undefined;
  const ids = new Map<TreeRow, string>();
  for (const row of plan?.rowByIssue ?? []) if (!ids.has(row)) ids.set(row, `row-${ids.size + 1}`);
  const targets = plan?.rowByIssue.map((row) => ids.get(row) ?? "payload") ?? [];
  return (
    <Layout
      title={`${visibleText(event.type ?? "Event without a type")}, ${visibleText(event.id)}`}
      signedIn={true}
      current="/events"
    >
      <BackLink list="/events" name="events" />
      <div class="event-head">
        <h1>
          {event.type === null ? "No event type" : <VisibleText text={event.type} />}
          {event.version > 1 && <span class="version"> version {event.version}</span>}
        </h1>
        <p>
          <StatusBadge status={event.status} /> <span class="meaning">{meanings[event.status]}</span>
        </p>
      </div>
      {rechecked !== undefined && <RecheckNotice event={event} status={rechecked} />}
      <Facts event={event} now={now} />
      {event.issues.length > 0 && <IssueList list={event} targets={targets} />}
      {versions.length > 1 && <VersionList versions={versions} current={event.version} />}
      {deliveries !== undefined && deliveries.deliveries.length + destinations.length > 0 && (
        <EventDeliveries
          event={event.id}
          deliveries={deliveries.deliveries}
          more={deliveries.nextCursor !== null}
          destinations={destinations}
        />
      )}
      <Payload event={event} body={body} plan={plan} ids={ids} expandAll={expandAll} />
    </Layout>
  );
}
