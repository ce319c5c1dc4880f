import type { DestinationOverview } from "@sessionhook/core";
import { formatDuration, formatRelative } from "../format/time.js";
import { ReasonText } from "./reason.js";

interface WordsProps {
  readonly destination: DestinationOverview;
  readonly now: number;
}

/** Explains the state of a destination, and what happens next. */
export function DestinationWords({ destination, now }: WordsProps) {
  const { state, reason, since, probeAt, pacedUntil } = destination;
  const sinceWhen = since === null ? "" : `, since ${formatDuration(now - since)}`;
  const because = reason === null ? null : <ReasonText reason={reason} />;
  const probe = probeAt === null ? "soon" : probeAt <= now ? "now" : formatRelative(probeAt, now);
  switch (state) {
    case "ready":
      return pacedUntil !== null && pacedUntil > now ? (
        <>It asked for a pause: the next attempt is {formatRelative(pacedUntil, now)}.</>
      ) : (
        <>It gets events as they arrive.</>
      );
    case "paused":
      return <>Paused by an operator{sinceWhen}. Deliveries wait, and are sent after Resume.</>;
    case "blocked":
      return (
        <>
          It refuses everything{sinceWhen}
          {because !== null && <>: {because}</>}. Nothing is lost: deliveries wait. One is tried {probe};
          Resume tries all at once.
        </>
      );
    case "cooling":
      return (
        <>
          Many attempts failed{sinceWhen}
          {because !== null && <>: {because}</>}. Deliveries wait, without using up attempts. One is tried{" "}
          {probe}.
        </>
      );
    case "orphaned":
      return (
        <>It is not in the configuration any more. Its deliveries wait until it is back under this name.</>
      );
  }
}
