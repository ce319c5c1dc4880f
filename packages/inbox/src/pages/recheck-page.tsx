import type { RecheckEffect, RecheckSelection } from "@sessionhook/ingest";
import { IssuePath } from "../components/issue-path.js";
import { Layout } from "../components/layout.js";
import { Link } from "../components/link.js";
import { PostButton } from "../components/post-button.js";
import { ChangedEvents, RecheckNumbers } from "../components/recheck-numbers.js";
import { formatPlural } from "../format/number.js";
import { selectionFields } from "../quarantine/selection.js";

export interface RecheckPageProps {
  readonly selection: RecheckSelection;
  readonly effect: RecheckEffect;
  /** Whether accepted events are delivered and become sessions. */
  readonly delivers: boolean;
}

/** Renders the effect that a recheck would have, and the form that runs it. */
export function RecheckPage({ selection, effect, delivers }: RecheckPageProps) {
  const { counts, complete } = effect;
  const changing = changesOf(selection, effect);
  const examined = counts.accepted + counts.quarantined + counts.unrecognized;
  const amount = `${complete ? "" : "at least "}${formatPlural(counts.accepted, "event")}`;
  return (
    <Layout title="Recheck" signedIn={true}>
      <nav class="back" aria-label="Breadcrumb">
        <Link to="/quarantine">← Quarantine</Link>
      </nav>
      <h1>
        Recheck <SelectionName selection={selection} />
      </h1>
      <section class="panel" aria-labelledby="effect">
        <h2 id="effect">
          {counts.accepted > 0
            ? `${capital(amount)} would be accepted`
            : changing > 0
              ? "No event would be accepted, but others would change"
              : examined === 0
                ? "No event to recheck"
                : "Nothing would change"}
        </h2>
        <p class="words">
          {examined === 0
            ? "No event of this selection is left."
            : "These numbers come from the schema of this version, applied to the stored bytes. Nothing has been changed yet."}
        </p>
        {examined > 0 && <RecheckNumbers effect={effect} would={true} status={selection.status} />}
        {examined > 0 && changing === 0 && (
          <p class="words">
            {selection.status === "quarantined"
              ? "The schema of this version does not fit these events either. Update Sessionhook, or ask the provider which payload is right, and recheck then."
              : "This version does not know their event types. Update Sessionhook, and recheck then."}
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
              fields={selectionFields(selection)}
            />
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

/** Returns how many events would get another status. */
export function changesOf({ status }: RecheckSelection, { counts }: RecheckEffect): number {
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

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
