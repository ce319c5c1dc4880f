import type { Day } from "../attribution/fill-days.js";
import { dayText } from "../format/day.js";
import { formatCount, formatPlural } from "../format/number.js";

const height = 100;

/** Renders sessions and identified people of two or more days as lines, with a summary as its text and a table of all numbers below. */
export function DayChart({ days }: { readonly days: readonly Day[] }) {
  const mostSessions = Math.max(0, ...days.map(({ sessions }) => sessions));
  const most = Math.max(1, mostSessions, ...days.map(({ people }) => people));
  return (
    <div class="day-chart">
      <figure>
        <svg
          class="sparkline"
          role="img"
          aria-label={summaryOf(days)}
          viewBox={`0 0 ${days.length} ${height}`}
          preserveAspectRatio="none"
        >
          <path
            class="area"
            d={`M0.5 ${height}L${pointsOf(days, "sessions", most)}L${days.length - 0.5} ${height}Z`}
          />
          <path class="line" d={`M${pointsOf(days, "sessions", most)}`} />
          <path class="line line-people" d={`M${pointsOf(days, "people", most)}`} />
          {days.map((day, i) => (
            <rect class="day" x={i} width="1" height={height}>
              <title>
                {dayText(day.day)}: {formatPlural(day.sessions, "session")},{" "}
                {formatPlural(day.people, "identified person", "identified people")}
              </title>
            </rect>
          ))}
        </svg>
        <figcaption>
          <span>{dayText(days[0]?.day ?? 0)}</span>
          <span class="legend">
            <span class="key-sessions">Sessions, at most {formatCount(mostSessions)} a day</span>
            <span class="key-people">Identified people</span>
          </span>
          <span>{dayText(days.at(-1)?.day ?? 0)}</span>
        </figcaption>
      </figure>
      <details>
        <summary>Numbers by day</summary>
        <div class="scrolling" tabindex={0} role="region" aria-label="Numbers by day">
          <table class="days">
            <thead>
              <tr>
                <th scope="col">Day (UTC)</th>
                <th scope="col">Sessions</th>
                <th scope="col">Identified people</th>
              </tr>
            </thead>
            <tbody>
              {days.toReversed().map(({ day, sessions, people }) => (
                <tr>
                  <th scope="row">{dayText(day)}</th>
                  <td>{formatCount(sessions)}</td>
                  <td>{formatCount(people)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </div>
  );
}

function pointsOf(days: readonly Day[], key: "sessions" | "people", most: number): string {
  return days
    .map((day, i) => `${i + 0.5} ${(height - (day[key] / most) * (height - 6)).toFixed(1)}`)
    .join("L");
}

function summaryOf(days: readonly Day[]): string {
  const best = days.reduce<Day | undefined>(
    (top, day) => (day.sessions > (top?.sessions ?? 0) ? day : top),
    undefined,
  );
  const sum = days.reduce((total, { sessions }) => total + sessions, 0);
  if (best === undefined) return "No sessions on any day of the range.";
  return `Sessions by day: ${formatCount(sum)} in ${formatPlural(days.length, "day")}, most on ${dayText(best.day)} with ${formatCount(best.sessions)}.`;
}
