import type { RecheckEffect, RecheckSelection } from "@sessionhook/ingest";
import { IssuePath } from "../components/issue-path.js";
import { Layout } from "../components/layout.js";
import { Link } from "../components/link.js";
import { PostButton } from "../components/post-button.js";
import { ChangedEvents, RecheckNumbers } from "../components/recheck-numbers.js";
import { formatPlural } from "../format/number.js";
import { recheckPath, selectionFields } from "../quarantine/selection.js";

export interface RecheckPageProps {
  readonly selection: RecheckSelection;
  /** The position where this part of a recheck begins; undefined for the oldest event. */
  readonly after: string | undefined;
  readonly effect: RecheckEffect;
  /** True if accepted events are delivered and become sessions. */
  readonly delivers: boolean;
}

/** Renders the effect that a recheck would have, and the form that runs it. */
export function RecheckPage({ selection, after, effect, delivers }: RecheckPageProps) {
  const { counts, complete, position } = effect;
  const changing = changesOf(selection, effect);
  const examined = examinedIn(effect);
  return (
    <Layout title="Recheck" signedIn={true} current="/quarantine">
      <nav class="back" aria-label="Breadcrumb">
        <Link to="/quarantine">← Quarantine</Link>
      </nav>
      <h1>
        Recheck <SelectionName selection={selection} />
      </h1>
      <section class="panel" aria-labelledby="effect">
        <h2 id="effect">{titleOf(selection, after, effect)}</h2>
        {examined > 0 ? (
          <p class="words">
            These numbers come from the schema of this version, applied to the stored bytes. Nothing has been
            changed yet.
          </p>
        ) : (
          complete && (
            <p class="words">
              {after === undefined ? "No event of this selection is left." : "The newest event is reached."}
            </p>
          )
        )}
        {examined > 0 && <RecheckNumbers effect={effect} would={true} status={selection.status} />}
        {examined > 0 && changing === 0 && (
          <p class="words">
            {selection.status === "quarantined"
              ? "The schema of this version does not fit these events either. Update Sessionhook, or ask the provider which payload is right, and recheck then."
              : "This version does not know their event types. Update Sessionhook, and recheck then."}
          </p>
        )}
        {!complete && (
          <p class="words">
            Newer events have not been examined yet.
            {changing > 0 && " After this recheck, you can continue with them."}
          </p>
        )}
        {counts.accepted > 0 && delivers && (
          <p class="words">
            Accepted events are routed like new ones: sessions, people and companies are derived from them,
            and destinations get those that pass their filters.
          </p>
        )}
        <div class="actions">
          {changing > 0 && (
            <PostButton
              to="/quarantine/recheck"
              label={`Recheck ${formatPlural(examined, "event")}`}
              primary={true}
              fields={selectionFields(selection, after)}
            />
          )}
          {changing === 0 && !complete && (
            <Link class="button" to={recheckPath(selection, position)}>
              Examine newer events
            </Link>
          )}
          <Link class="button" to="/quarantine">
            Back
          </Link>
        </div>
        <ChangedEvents effect={effect} would={true} />
      </section>
    </Layout>
  );
}

function titleOf(selection: RecheckSelection, after: string | undefined, effect: RecheckEffect): string {
  const { counts, complete } = effect;
  if (counts.accepted > 0)
    return `${complete ? "" : "At least "}${formatPlural(counts.accepted, "event")} would be accepted`;
  if (changesOf(selection, effect) > 0) return "No event would be accepted, but others would change";
  const none = examinedIn(effect) === 0;
  if (!complete) return none ? "No event to recheck so far" : "No event would change so far";
  if (after !== undefined) return none ? "No further event to recheck" : "No further event would change";
  return none ? "No event to recheck" : "Nothing would change";
}

function examinedIn({ counts }: RecheckEffect): number {
  return counts.accepted + counts.quarantined + counts.unrecognized;
}

/** Returns how many events would get another status. */
function changesOf({ status }: RecheckSelection, { counts }: RecheckEffect): number {
  return counts.accepted + (status === "quarantined" ? counts.unrecognized : counts.quarantined);
}

export function SelectionName({ selection: { status, path } }: { readonly selection: RecheckSelection }) {
  if (path === undefined) return <>{status} events</>;
  return (
    <>
      events with an issue at <IssuePath path={path} />
    </>
  );
}
