import type { DestinationOverview, ReplayPreview } from "@sessionhook/core";
import { Layout } from "../components/layout.js";
import { Link } from "../components/link.js";
import { PostButton } from "../components/post-button.js";
import { Time } from "../components/time.js";
import { VisibleText, visibleText } from "../components/visible-text.js";
import { formatCount, formatPlural } from "../format/number.js";
import { destinationForm, destinationPath, eventPath } from "../paths.js";

export interface ReplayPreviewPageProps {
  readonly destination: DestinationOverview;
  readonly kind: "failed" | "missing";
  readonly preview: ReplayPreview;
  /** Deliveries per second. */
  readonly rate: number;
}

const words = {
  failed: {
    title: "Replay dead letters",
    one: "dead letter",
    many: "dead letters",
    verb: "Replay",
    note: "Dead letters are not tried again by themselves. Those of events with a newer delivery under way are left out.",
    none: "This destination has none, or a newer delivery of the same event is under way.",
  },
  missing: {
    title: "Send earlier events",
    one: "event",
    many: "events",
    verb: "Send",
    note: "Stored events that have no delivery to this destination, and pass its filters.",
    none: "Every stored event that passes the filters of this destination has a delivery to it.",
  },
} as const;

/** Renders what a replay would send, and the form that starts it. */
export function ReplayPreviewPage({ destination, kind, preview, rate }: ReplayPreviewPageProps) {
  const { title, one, many, verb } = words[kind];
  const { matched, exact, samples } = preview;
  const amount = exact ? formatPlural(matched, one, many) : `more than ${formatCount(matched)} ${many}`;
  const { name } = destination;
  return (
    <Layout title={`${title}, ${visibleText(name)}`} signedIn={true} current="/destinations">
      <nav class="back" aria-label="Breadcrumb">
        <Link to={destinationPath(name)}>← Destinations</Link>
      </nav>
      <h1>
        {title}: <VisibleText text={name} />
      </h1>
      <section class="panel" aria-labelledby="selection">
        <h2 id="selection">{matched === 0 ? `No ${many} to send` : `${amount} would be sent`}</h2>
        <p class="note">{matched === 0 ? words[kind].none : words[kind].note}</p>
        {samples.length > 0 && (
          <ul class="samples">
            {samples.map((sample) => (
              <li>
                <Link class="code" to={eventPath({ id: sample.eventId, version: 1 })}>
                  <VisibleText text={sample.eventId} />
                </Link>
                <span class="note">
                  <VisibleText text={sample.eventType ?? "no type"} />, received{" "}
                  <Time at={sample.receivedAt} />
                </span>
              </li>
            ))}
          </ul>
        )}
        {matched > samples.length && samples.length > 0 && (
          <p class="note">And {exact ? `${formatCount(matched - samples.length)} more` : "more"}.</p>
        )}
        {matched > 0 && (
          <>
            <p class="words">
              At most {formatPlural(rate, "delivery", "deliveries")} a second, after new events. You can
              cancel at any time.
              {destination.state !== "ready" &&
                " The destination is not ready now: the deliveries wait until it is."}
            </p>
            <div class="actions">
              <PostButton
                to={destinationForm(name, "replay")}
                label={`${verb} ${amount}`}
                primary={true}
                fields={{ kind }}
              />
              <Link class="button" to={destinationPath(name)}>
                Back
              </Link>
            </div>
          </>
        )}
      </section>
    </Layout>
  );
}
