import type { Touch, VisitSummary } from "@sessionhook/core";
import { countryName } from "../format/names.js";
import { readable } from "../visits/address.js";
import { Details } from "./details.js";
import { Path } from "./path.js";
import { cut } from "./short.js";
import { Time } from "./time.js";

interface TouchesProps {
  readonly summary: VisitSummary;
  readonly now: number;
}

/** Renders the origin of the first and of the last session. */
export function Touches({ summary, now }: TouchesProps) {
  const { first, firstAt, last, lastAt, sessions } = summary;
  return (
    <>
      <TouchCard
        id="first-touch"
        title={sessions === 1 ? "First and only touch" : "First touch"}
        touch={first}
        at={firstAt}
        now={now}
      />
      {sessions !== 1 && <TouchCard id="last-touch" title="Last touch" touch={last} at={lastAt} now={now} />}
    </>
  );
}

interface TouchCardProps {
  readonly id: string;
  readonly title: string;
  readonly touch: Touch;
  readonly at: number;
  readonly now: number;
}

function TouchCard({ id, title, touch, at, now }: TouchCardProps) {
  return (
    <section class="panel" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <Details
        items={[
          ["Time", <Time at={at} now={now} />],
          ["Source", touch.source ?? "Direct"],
          ["Medium", touch.medium ?? undefined],
          ["Campaign", touch.campaign ?? undefined],
          ["Referrer", touch.referrer === touch.source ? undefined : (touch.referrer ?? undefined)],
          [
            "Landing page",
            touch.landingPage === null ? undefined : <Path text={cut(readable(touch.landingPage), 300)} />,
          ],
          ["Country", touch.country === null ? undefined : countryName(touch.country)],
        ]}
      />
    </section>
  );
}
