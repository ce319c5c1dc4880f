import { deliveryStates, type Replay } from "@sessionhook/core";
import { deliveryStateName } from "../components/delivery-badge.js";
import { Layout } from "../components/layout.js";
import { Link } from "../components/link.js";
import { PostButton } from "../components/post-button.js";
import { ReplaySelection } from "../components/replay-selection.js";
import { Time } from "../components/time.js";
import { VisibleText } from "../components/visible-text.js";
import { formatCount, formatPlural } from "../format/number.js";
import { deliveryListPath, replayPath } from "../paths.js";

export interface ReplayPageProps {
  readonly replay: Replay;
  readonly now: number;
}

const states = {
  running: "Running",
  done: "Done",
  cancelled: "Cancelled",
} as const;
const meanings = {
  running: "It creates deliveries at its rate, after new events.",
  done: "It has created all of its deliveries.",
  cancelled: "Its deliveries that still waited were removed.",
} as const;

/** Renders a replay and its progress. */
export function ReplayPage({ replay, now }: ReplayPageProps) {
  const { spec, state, counts, matched } = replay;
  // Cancelling removes those that still waited.
  const deliveries =
    state === "cancelled" ? deliveryStates.reduce((sum, one) => sum + counts[one], 0) : matched;
  return (
    <Layout title="Replay" signedIn={true} current="/destinations">
      <nav class="back" aria-label="Breadcrumb">
        <Link to="/destinations">← Destinations</Link>
      </nav>
      <div class="head-with-actions">
        <div class="event-head">
          <h1>
            Replay to <VisibleText text={spec.destinations.join(", ")} />
          </h1>
          <p>
            <span class={`badge badge-${state}`}>{states[state]}</span>{" "}
            <span class="meaning">{meanings[state]}</span>
          </p>
        </div>
        {state === "running" && (
          <div class="actions">
            <Link class="button" to={replayPath(replay.id)}>
              Reload
            </Link>
            <PostButton to={replayPath(replay.id, "cancel")} label="Cancel" of="this replay" />
          </div>
        )}
      </div>
      <dl class="facts">
        <ReplaySelection spec={spec} />
        <div>
          <dt>Rate</dt>
          <dd>{formatCount(spec.rate)} a second</dd>
        </div>
        <div>
          <dt>Started</dt>
          <dd>
            <Time at={replay.createdAt} now={now} />
          </dd>
        </div>
        {replay.finishedAt !== null && (
          <div>
            <dt>Ended</dt>
            <dd>
              <Time at={replay.finishedAt} now={now} />
            </dd>
          </div>
        )}
      </dl>
      <section class="panel" aria-labelledby="progress">
        <h2 id="progress">
          {deliveries === 0 ? (
            state === "running" ? (
              "No deliveries yet"
            ) : (
              "No deliveries"
            )
          ) : (
            <Link to={deliveryListPath({ replay: replay.id })}>
              {formatPlural(deliveries, "delivery", "deliveries")}
            </Link>
          )}
        </h2>
        {state === "done" && matched === 0 && (
          <p class="note">No event of the selection passes the filters of the destination.</p>
        )}
        <dl class="numbers">
          {deliveryStates.map((one) => (
            <div class={one === "dead" && counts.dead > 0 ? "alarming" : undefined}>
              <dt>{one === "dead" ? "Dead letters" : deliveryStateName(one)}</dt>
              <dd>{formatCount(counts[one])}</dd>
            </div>
          ))}
        </dl>
      </section>
    </Layout>
  );
}
