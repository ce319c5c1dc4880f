import { maxPageViews } from "@sessionhook/core/limits";
import { formatPlural } from "../format/number.js";
import { formatSpan } from "../format/time.js";
import { hostOf, shortAddress } from "../visits/address.js";
import type { PageVisit, Signal, Timeline as TimelineData } from "../visits/signals.js";
import { Bar } from "./bar.js";
import { Moment } from "./moment.js";
import { cut } from "./short.js";
import { VisibleText } from "./visible-text.js";

interface TimelineProps {
  readonly timeline: TimelineData;
  readonly now: number;
}

/** Renders what a visitor did: the pages with the time on each, and the signals on a page. */
export function Timeline({ timeline, now }: TimelineProps) {
  const { pages, moreViews, moreSignals } = timeline;
  const longest = Math.max(1, ...pages.map(({ seconds = 0 }) => seconds));
  return (
    <>
      <ol class="timeline">
        {pages.map((page) => (
          <Page page={page} longest={longest} now={now} />
        ))}
      </ol>
      {moreViews + moreSignals > 0 && <p class="note">And {furtherOf(timeline)}, in the raw event.</p>}
    </>
  );
}

/** Counts what is not shown. The derived tables have views up to a limit; how many more there are is not known. */
function furtherOf({ pages, moreViews, moreSignals }: TimelineData): string {
  if (pages.length + moreViews >= maxPageViews) return "more views and signals";
  const views = moreViews === 0 ? [] : [formatPlural(moreViews, "further view")];
  const signals = moreSignals === 0 ? [] : [formatPlural(moreSignals, "further signal")];
  return [...views, ...signals].join(" and ");
}

function Page({ page, longest, now }: { page: PageVisit; longest: number; now: number }) {
  const { url, title, at, seconds, signals } = page;
  return (
    <li>
      <span class="timeline-time">
        <Moment at={at} now={now} form="clock" />
      </span>
      <div class="timeline-page">
        <p class="timeline-what">
          {title !== undefined && (
            <span class="timeline-title">
              <VisibleText text={cut(title, 160)} />
            </span>
          )}
          <span class="timeline-path path">
            {url === undefined ? "No address" : <VisibleText text={cut(shortAddress(url), 240)} />}
          </span>
        </p>
        {seconds !== undefined && (
          <p class="dwell">
            <Bar share={seconds / longest} />
            <span>{formatSpan(seconds)}</span>
          </p>
        )}
        {signals.length > 0 && (
          <ul class="signals">
            {signals.map((signal) => (
              <SignalItem signal={signal} now={now} />
            ))}
          </ul>
        )}
      </div>
    </li>
  );
}

function SignalItem({ signal, now }: { signal: Signal; now: number }) {
  const { at, kind, outlink, properties } = signal;
  return (
    <li>
      <span class="signal-kind">
        <VisibleText text={nameOf(kind)} />
      </span>
      {outlink !== undefined && (
        <span>
          to <VisibleText text={cut(hostOf(outlink) ?? outlink, 120)} />
        </span>
      )}
      {properties.map(([name, value]) => (
        <span class="signal-property">
          <span class="signal-name">
            <VisibleText text={name} />
          </span>{" "}
          <VisibleText text={value} />
        </span>
      ))}
      <span class="signal-time">
        <Moment at={at} now={now} form="clock" />
      </span>
    </li>
  );
}

/** `form_submit` → `Form submit`. */
function nameOf(kind: string): string {
  const words = kind.replaceAll(/[_\s-]+/g, " ").trim();
  return words === "" ? kind : words.charAt(0).toUpperCase() + words.slice(1);
}
