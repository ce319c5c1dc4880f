import type { AttributionTable as Table } from "@sessionhook/core";
import { fillDays, maxDays } from "../attribution/fill-days.js";
import { attributionNames } from "../attribution/names.js";
import { attributionPath, type AttributionView } from "../attribution/view.js";
import { AttributionRange, AttributionTabs } from "../components/attribution-controls.js";
import { AttributionTable } from "../components/attribution-table.js";
import { DayChart } from "../components/day-chart.js";
import { DaysProblem } from "../components/days-problem.js";
import { Layout } from "../components/layout.js";
import { Link } from "../components/link.js";
import { dayText } from "../format/day.js";
import { formatCount } from "../format/number.js";
import { hasDays } from "../visits/time-range.js";

export interface AttributionPageProps {
  readonly view: AttributionView;
  readonly table: Table;
  /** True if the store has no session at all. */
  readonly nothingYet: boolean;
  readonly now: number;
}

/** Renders sessions, people and companies by origin. */
export function AttributionPage({ view, table, nothingYet, now }: AttributionPageProps) {
  const { total } = table;
  const { title } = attributionNames(view.by);
  const { days, cut } = fillDays(table.days, view, now);
  const untilToday = now < view.lastDay;
  const empty = total.sessions + total.people + total.companies === 0;
  return (
    <Layout title={`Attribution by ${title.toLowerCase()}`} signedIn={true} current="/attribution">
      <div class="head-with-actions">
        <h1>Attribution</h1>
        {!empty && (
          <p class="actions">
            <Link class="button" to={attributionPath(view, {}, "/attribution.csv")}>
              Download CSV
            </Link>
          </p>
        )}
      </div>
      {nothingYet ? (
        <NothingYet />
      ) : (
        <>
          <AttributionRange view={view} />
          {view.problem !== undefined ? (
            <DaysProblem
              problem={view.problem}
              pathWith={(range) => attributionPath(view, hasDays(range) ? { range } : { days: 30 })}
              withoutDays="Show 30 days"
            />
          ) : empty ? (
            <NothingInRange view={view} />
          ) : (
            <>
              <section class="panel" aria-labelledby="totals">
                <h2 id="totals" class="visually-hidden">
                  Totals
                </h2>
                <dl class="numbers totals">
                  <div>
                    <dt>Sessions</dt>
                    <dd>{formatCount(total.sessions)}</dd>
                  </div>
                  <div>
                    <dt>Identified people</dt>
                    <dd>{formatCount(total.people)}</dd>
                  </div>
                  <div>
                    <dt>Companies</dt>
                    <dd>{formatCount(total.companies)}</dd>
                  </div>
                </dl>
                {days.length > 1 && <DayChart days={days} />}
                {cut && (
                  <p class="note">
                    The chart shows the last {maxDays} days of the range{untilToday ? " until today" : ""}.
                  </p>
                )}
              </section>
              <AttributionTabs view={view} />
              <AttributionTable table={table} view={view} />
            </>
          )}
          <p class="footnote">
            {view.model === "first"
              ? "People and companies count for the origin of their first session, if it is in the range."
              : "People and companies count for the origin of their last session, if it is in the range."}{" "}
            Sessions count for their own origin; those of bots do not count. Days begin at midnight UTC.
          </p>
        </>
      )}
    </Layout>
  );
}

function NothingYet() {
  return (
    <div class="empty">
      <h2>No sessions yet</h2>
      <p>
        As soon as sessions arrive, this page shows which sources, campaigns and pages bring visitors, and how
        many of them are identified.
      </p>
      <p class="actions">
        <Link class="button" to="/">
          Go to sessions
        </Link>
      </p>
    </div>
  );
}

function NothingInRange({ view }: { readonly view: AttributionView }) {
  const { firstDay, lastDay } = view;
  return (
    <div class="empty">
      <h2>No sessions in this range</h2>
      <p>
        {firstDay === undefined ? "Until" : `From ${dayText(firstDay)} to`} {dayText(lastDay)} there was no
        session of a person or company.
      </p>
      <p class="actions">
        <Link class="button" to={attributionPath(view, { days: 90 })}>
          Show 90 days
        </Link>
      </p>
    </div>
  );
}
