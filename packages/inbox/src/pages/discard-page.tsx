import type { DestinationOverview } from "@sessionhook/core";
import { Layout } from "../components/layout.js";
import { Link } from "../components/link.js";
import { PostButton } from "../components/post-button.js";
import { VisibleText, visibleText } from "../components/visible-text.js";
import { formatPlural } from "../format/number.js";
import { destinationForm, destinationPath } from "../paths.js";

export interface DiscardPageProps {
  /** One that is not in the configuration any more. */
  readonly destination: DestinationOverview;
}

/** Renders how many open deliveries a removed destination has, and the form that makes dead letters of them. */
export function DiscardPage({ destination: { name, open } }: DiscardPageProps) {
  const amount = formatPlural(open, "open delivery", "open deliveries");
  return (
    <Layout title={`Discard deliveries, ${visibleText(name)}`} signedIn={true} current="/destinations">
      <nav class="back" aria-label="Breadcrumb">
        <Link to={destinationPath(name)}>← Destinations</Link>
      </nav>
      <h1>
        Discard deliveries: <VisibleText text={name} />
      </h1>
      <section class="panel" aria-labelledby="selection">
        <h2 id="selection">{open === 0 ? "No open deliveries" : amount}</h2>
        <p class="words">
          {open === 0
            ? "Nothing waits for this destination."
            : "They become dead letters and are not sent. The events stay. If the destination comes back into the configuration, its dead letters can be replayed."}
        </p>
        <div class="actions">
          {open > 0 && (
            <PostButton to={destinationForm(name, "discard")} label={`Discard ${amount}`} primary={true} />
          )}
          <Link class="button" to={destinationPath(name)}>
            Back
          </Link>
        </div>
      </section>
    </Layout>
  );
}
