import { maxPageViews } from "@sessionhook/core/limits";
import { dayMs } from "../format/day.js";
import { formatPlural } from "../format/number.js";
import { formatSpan } from "../format/time.js";
import { hostOf, shortAddress } from "../visits/address.js";
import type { PageVisit, Signal, Timeline as TimelineData } from "../visits/signals.js";
import { Bar } from "./bar.js";
import { Moment } from "./moment.js";
import { cut } from "./short.js";
import { VisibleText, visibleText } from "./visible-text.js";

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
        {pages.map((page, i) => (
          <Page page={page} before={lastTimeOf(pages[i - 1])} longest={longest} now={now} />
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

function lastTimeOf(page: PageVisit | undefined): number | undefined {
  return page?.signals.at(-1)?.at ?? page?.at;
}

interface ClockProps {
  readonly at: number;
  /** The time above it; undefined for the first. */
  readonly before: number | undefined;
  readonly now: number;
}

/** Renders a time of day, with its date if the day is not that of the time above it. */
function Clock({ at, before, now }: ClockProps) {
  const sameDay = before === undefined || Math.floor(before / dayMs) === Math.floor(at / dayMs);
  return <Moment at={at} now={now} form={sameDay ? "clock" : "dated"} />;
}

interface PageProps {
  readonly page: PageVisit;
  readonly before: number | undefined;
  readonly longest: number;
  readonly now: number;
}

function Page({ page, before, longest, now }: PageProps) {
  const { url, title, at, seconds, signals } = page;
  return (
    <li>
      <span class="timeline-time">
        <Clock at={at} before={before} now={now} />
      </span>
      <div class="timeline-page">
        <p class="timeline-what">
          {title !== undefined && (
            <span class="timeline-title">
              <VisibleText text={cut(title, 160)} />
            </span>
          )}
          <Address url={url} />
        </p>
        {seconds !== undefined && (
          <p class="dwell">
            <Bar share={seconds / longest} />
            <span>{formatSpan(seconds)}</span>
          </p>
        )}
        {signals.length > 0 && (
          <ul class="signals">
            {signals.map((signal, i) => (
              <SignalItem signal={signal} before={signals[i - 1]?.at ?? at} now={now} />
            ))}
          </ul>
        )}
      </div>
    </li>
  );
}

/** Renders the address of a page; the tooltip has a long one in full, as far as addresses usually go. */
function Address({ url }: { readonly url: string | undefined }) {
  if (url === undefined) return <span class="timeline-path path">No address</span>;
  const short = shortAddress(url);
  return (
    <span class="timeline-path path" title={short.length > 240 ? visibleText(cut(url, 1000)) : undefined}>
      <VisibleText text={cut(short, 240)} />
    </span>
  );
}

interface SignalProps {
  readonly signal: Signal;
  readonly before: number;
  readonly now: number;
}

function SignalItem({ signal, before, now }: SignalProps) {
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
        <Clock at={at} before={before} now={now} />
      </span>
    </li>
  );
}

/** `form_submit` → `Form submit`. */
function nameOf(kind: string): string {
  const words = kind.replaceAll(/[_\s-]+/g, " ").trim();
  return words === "" ? kind : words.charAt(0).toUpperCase() + words.slice(1);
}
