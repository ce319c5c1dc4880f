import type { RecheckEffect, RecheckSelection } from "@sessionhook/ingest";
import { Layout } from "../components/layout.js";
import { Link } from "../components/link.js";
import { ChangedEvents, RecheckNumbers } from "../components/recheck-numbers.js";
import { formatPlural } from "../format/number.js";
import { recheckPath } from "../quarantine/selection.js";
import { SelectionName } from "./recheck-page.js";

export interface RecheckResultPageProps {
  readonly selection: RecheckSelection;
  readonly effect: RecheckEffect;
}

/** Renders the result of a recheck. */
export function RecheckResultPage({ selection, effect }: RecheckResultPageProps) {
  const { counts, complete, position } = effect;
  const title =
    counts.accepted === 0 ? "No event was accepted" : `${formatPlural(counts.accepted, "event")} accepted`;
  return (
    <Layout title={title} signedIn={true} current="/quarantine">
      <nav class="back" aria-label="Breadcrumb">
        <Link to="/quarantine">← Quarantine</Link>
      </nav>
      <h1>{title}</h1>
      <section class="panel" aria-labelledby="result">
        <h2 id="result">
          Recheck of <SelectionName selection={selection} />
        </h2>
        <RecheckNumbers effect={effect} would={false} status={selection.status} />
        {!complete && (
          <p class="words">Newer events have not been examined yet. Recheck again to continue with them.</p>
        )}
        <div class="actions">
          {!complete && (
            <Link class="button" to={recheckPath(selection, position)}>
              Recheck again…
            </Link>
          )}
          <Link class="button" to="/quarantine">
            Back to quarantine
          </Link>
        </div>
        <ChangedEvents effect={effect} would={false} />
      </section>
    </Layout>
  );
}
