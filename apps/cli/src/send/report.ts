import type { Shell } from "../shell.js";
import { harmless, print, printJson, table } from "../shell.js";
import type { Outcome } from "./send-message.js";
import type { Tally } from "./tally.js";

/** Returns one line for an event: `accepted evt_…`, or the reason for its rejection. */
export function printOutcome(shell: Shell, outcome: Outcome): void {
  const code = outcome.httpStatus === undefined ? "" : ` (HTTP ${outcome.httpStatus})`;
  print(
    shell,
    outcome.acknowledged ? `${outcome.status} ${outcome.id}` : `${outcome.status}${code} ${outcome.id}`,
  );
  if (outcome.detail !== undefined && outcome.detail !== "") shell.stderr.write(`${outcome.detail}\n`);
}

/** Returns a function that reports once why the run waits. */
export function retryNotice(shell: Shell): (outcome: Outcome, ms: number) => void {
  let shown = false;
  return ({ status, httpStatus, detail }, ms) => {
    if (shown) return;
    shown = true;
    const code = httpStatus === undefined ? "" : ` (HTTP ${httpStatus})`;
    const reason = detail === undefined || detail === "" ? "" : `: ${detail}`;
    shell.stderr.write(
      `${harmless(`${status}${code}${reason}`)}; trying again in ${Math.ceil(ms / 1000)} s\n`,
    );
  };
}

/** Returns the summary of many events as a table. */
export function printSummary(shell: Shell, tally: Tally, wanted: number): void {
  const rows = [...tally.statuses]
    .sort(([, a], [, b]) => b - a)
    .map(([status, count]) => [harmless(status), String(count)]);
  const ms = (value: number | null) => (value === null ? "-" : `${value} ms`);
  print(
    shell,
    table([
      ["status", "events"],
      ...rows,
      ["", ""],
      ["sent", tally.sent === wanted ? String(wanted) : `${tally.sent} of ${wanted}`],
      ["rate", `${tally.rate.toFixed(1)}/s in ${tally.seconds.toFixed(2)} s`],
      ["p50", ms(tally.percentile(0.5))],
      ["p99", ms(tally.percentile(0.99))],
    ]),
  );
}

/** Returns the summary as JSON, for scripts. */
export function printSummaryJson(shell: Shell, tally: Tally, wanted: number, url: URL): void {
  printJson(shell, {
    url: url.href,
    count: wanted,
    sent: tally.sent,
    acknowledged: tally.acknowledged,
    interrupted: shell.interrupted.aborted,
    statuses: Object.fromEntries(tally.statuses),
    seconds: Number(tally.seconds.toFixed(3)),
    eventsPerSecond: Number(tally.rate.toFixed(1)),
    p50Ms: tally.percentile(0.5),
    p99Ms: tally.percentile(0.99),
    events: tally.events,
  });
}

/** Shows the progress of the run on a terminal. Returns a function that ends it. */
export function showProgress(shell: Shell, tally: Tally, wanted: number): () => void {
  if (shell.stderr.isTTY !== true) return () => undefined;
  const draw = () => {
    const unacknowledged = tally.sent - tally.acknowledged;
    const note = unacknowledged === 0 ? "" : `, ${unacknowledged} not acknowledged`;
    shell.stderr.write(`\r\u001b[K${tally.sent}/${wanted} sent, ${tally.rate.toFixed(0)}/s${note}`);
  };
  const timer = setInterval(draw, 200);
  return () => {
    clearInterval(timer);
    shell.stderr.write("\r\u001b[K");
  };
}
