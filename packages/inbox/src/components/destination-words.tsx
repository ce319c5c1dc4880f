import type { DestinationOverview } from "@sessionhook/core";
import { formatRelative } from "../format/time.js";
import { ReasonText } from "./reason.js";

interface WordsProps {
  readonly destination: DestinationOverview;
  readonly now: number;
}

/** Explains the state of a destination, and what happens next. */
export function DestinationWords({ destination, now }: WordsProps) {
  const { state, reason, since, probeAt, pacedUntil } = destination;
  const ago = since === null ? "" : ` ${formatRelative(since, now)}`;
  const because =
    reason === null ? null : (
      <>
        {" "}
        <ReasonText reason={reason} />.
      </>
    );
  const probe = probeAt === null ? "soon" : probeAt <= now ? "any moment" : formatRelative(probeAt, now);
  switch (state) {
    case "ready":
      return pacedUntil !== null && pacedUntil > now ? (
        <>
          It asked for a pause: the next attempt is {formatRelative(pacedUntil, now)}. Resume ends the pause.
        </>
      ) : (
        <>It gets events as they arrive.</>
      );
    case "paused":
      return <>An operator paused it{ago}. Deliveries wait, and are sent after Resume.</>;
    case "blocked":
      return (
        <>
          It began to refuse everything{ago}.{because} Nothing is lost: deliveries wait. One is tried {probe};
          Resume tries all at once.
        </>
      );
    case "cooling":
      return (
        <>
          Too many attempts failed{ago}.{because} Deliveries wait without using up attempts. One is tried{" "}
          {probe}.
        </>
      );
    case "orphaned":
      return (
        <>It is not in the configuration any more. Its deliveries wait until it is back under this name.</>
      );
  }
}
