import type { DestinationOverview, Replay } from "@sessionhook/core";
import { DestinationCard } from "../components/destination-card.js";
import { Layout } from "../components/layout.js";
import { Link } from "../components/link.js";
import { NoDestinations } from "../components/no-destinations.js";
import { VisibleText } from "../components/visible-text.js";
import { formatPlural } from "../format/number.js";
import { replayPath } from "../paths.js";

export interface DestinationsPageProps {
  readonly destinations: readonly DestinationOverview[];
  /** Those under way. */
  readonly replays: readonly Replay[];
  readonly now: number;
}

/** Renders every destination with its state and forms. */
export function DestinationsPage({ destinations, replays, now }: DestinationsPageProps) {
  return (
    <Layout title="Destinations" signedIn={true} current="/destinations">
      <h1>Destinations</h1>
      {replays.length > 0 && (
        <section class="panel" aria-labelledby="replays">
          <h2 id="replays">Replays under way</h2>
          <ul class="replays">
            {replays.map((replay) => (
              <li>
                <Link to={replayPath(replay.id)}>
                  To <VisibleText text={replay.spec.destinations.join(", ")} />
                </Link>{" "}
                <span class="note">{formatPlural(replay.matched, "delivery", "deliveries")} so far</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {destinations.length === 0 ? (
        <NoDestinations />
      ) : (
        destinations.map((destination) => <DestinationCard destination={destination} now={now} />)
      )}
    </Layout>
  );
}
