import type { DerivationStatus } from "@sessionhook/core";
import { lateDeliveryMs, longLogBytes } from "@sessionhook/core/limits";
import { formatCount, formatPlural, formatSize } from "../format/number.js";
import { formatDuration, formatRelative } from "../format/time.js";
import type { SystemStatus } from "./read-status.js";

/** One thing that was checked. */
export interface Finding {
  readonly level: "good" | "attention" | "failing";
  readonly title: string;
  readonly text: string;
  /** A page with more about it. */
  readonly link?: { readonly to: string; readonly label: string };
}

/** So many events wait for the router, or for the derived tables, longer than moments. */
const longLag = 1000;
/** An event that waits for longer than this, in milliseconds, does not wait for its turn. */
const longWaitMs = 60_000;

/** Judges the state, in the order in which an operator should look. */
export function findingsOf(status: SystemStatus, now: number): readonly Finding[] {
  return [
    storing(status, now),
    ...log(status),
    ...routing(status),
    ...delivering(status, now),
    ...deriving(status, now),
    ...quarantine(status),
  ];
}

function storing({ writable, stats, newest }: SystemStatus, now: number): Finding {
  const title = "Receiving";
  if (!writable)
    return {
      level: "failing",
      title,
      text: "The store does not accept writes. Messages are refused with 503, and the provider sends them again.",
    };
  if (stats === null)
    return { level: "failing", title, text: "The store accepts writes, but cannot be read." };
  if (newest === null)
    return { level: "good", title, text: "The store accepts writes. No event has arrived yet." };
  return {
    level: "good",
    title,
    text: `The store accepts writes. The last event arrived ${formatRelative(newest.receivedAt, now)}.`,
  };
}

function log({ logBytes }: SystemStatus): Finding[] {
  if (logBytes === undefined || logBytes < longLogBytes) return [];
  const text = `The write-ahead log of the database has ${formatSize(logBytes)}: another program has been reading in one transaction, or the log cannot be copied: see the app's log. It fills the disk until that ends.`;
  return [{ level: "attention", title: "Write-ahead log", text }];
}

function routing({ lag }: SystemStatus): Finding[] {
  const title = "Routing";
  if (lag === undefined) return [];
  if (lag === null) return [{ level: "failing", title, text: "The state of the router could not be read." }];
  if (lag < longLag)
    return [
      {
        level: "good",
        title,
        text:
          lag === 0
            ? "Every event is routed."
            : `${formatPlural(lag, "event")} ${lag === 1 ? "is" : "are"} about to be routed.`,
      },
    ];
  return [
    {
      level: "attention",
      title,
      text: `${formatPlural(lag, "event")} are not routed yet: sessions and deliveries are behind.`,
    },
  ];
}

function delivering({ destinations }: SystemStatus, now: number): Finding[] {
  const title = "Delivering";
  if (destinations === undefined) return [];
  if (destinations === null)
    return [{ level: "failing", title, text: "The destinations could not be read." }];
  const link = { to: "/destinations", label: "Destinations" };
  if (destinations.length === 0)
    return [{ level: "good", title, text: "No destination is configured.", link }];
  const stopped = destinations.filter(
    ({ state, open }) => state !== "ready" && (state !== "orphaned" || open > 0),
  );
  const late = destinations.filter(
    ({ state, oldestDueAt }) =>
      state === "ready" && oldestDueAt !== null && now - oldestDueAt > lateDeliveryMs,
  );
  const dead = destinations.reduce((sum, one) => sum + one.dead, 0);
  const findings: Finding[] = [];
  if (stopped.length > 0) {
    const counts = ["blocked", "cooling", "paused", "orphaned"]
      .map((state) => [stopped.filter((one) => one.state === state).length, state] as const)
      .filter(([count]) => count > 0)
      .map(([count, state]) => `${formatCount(count)} ${state}`);
    const text = `Of ${formatPlural(destinations.length, "destination")}: ${counts.join(", ")}. Their deliveries wait.`;
    findings.push({ level: "attention", title: "Destinations", text, link });
  }
  if (late.length > 0) {
    const oldest = Math.min(...late.map(({ oldestDueAt }) => oldestDueAt ?? now));
    const text = `The oldest delivery has been due for ${formatDuration(now - oldest)}.`;
    findings.push({ level: "attention", title, text, link });
  }
  if (dead > 0) {
    const text = `${formatPlural(dead, "delivery", "deliveries")} will not be retried by ${dead === 1 ? "itself" : "themselves"}.`;
    findings.push({
      level: "attention",
      title: "Dead letters",
      text,
      link: { to: "/deliveries?state=dead", label: "Dead letters" },
    });
  }
  if (findings.length > 0) return findings;
  return [{ level: "good", title, text: `${formatPlural(destinations.length, "destination")} ready.`, link }];
}

function deriving({ derivation, lag: unrouted }: SystemStatus, now: number): Finding[] {
  const title = "Sessions";
  if (derivation === undefined) return [];
  if (derivation === null)
    return [{ level: "failing", title, text: "The derived tables could not be read." }];
  const { rebuild, incomplete, sessions, lag } = derivation;
  if (isBehind(derivation, now)) {
    const text = `${formatPlural(lag, "event")} ${lag === 1 ? "is" : "are"} not in the tables yet: sessions, people and companies are behind. If that lasts, the app's log gives the reason.`;
    return [{ level: "attention", title, text }];
  }
  if (rebuild !== null && !rebuild.done) {
    const text = `A rebuild has read ${formatCount(rebuild.read)} of ${formatPlural(rebuild.total, "event")}. Pages show the tables before it.`;
    return [{ level: "attention", title, text }];
  }
  if (incomplete) {
    const text = "Earlier events are not in the tables of sessions, people and companies.";
    return [{ level: "attention", title, text, link: { to: "/", label: "Add them" } }];
  }
  if (lag > 0 || (unrouted ?? 0) > 0) {
    const text = `${formatPlural(sessions, "session")} in the tables, and ${formatPlural(lag + (unrouted ?? 0), "event")} about to be added.`;
    return [{ level: "good", title, text }];
  }
  return [
    {
      level: "good",
      title,
      text:
        sessions === 0
          ? "The tables are up to date, and empty."
          : `${formatPlural(sessions, "session")} in tables that are up to date.`,
    },
  ];
}

/** Returns whether events have waited for the derived tables for longer than moments. */
export function isBehind(
  { lag, lagSince }: Pick<DerivationStatus, "lag" | "lagSince">,
  now: number,
): boolean {
  return lag >= longLag || (lagSince !== null && now - lagSince > longWaitMs);
}

function quarantine({ stats }: SystemStatus): Finding[] {
  if (stats === null) return [];
  if (stats.quarantined === 0)
    return [{ level: "good", title: "Quarantine", text: "No event is in quarantine." }];
  return [
    {
      level: "attention",
      title: "Quarantine",
      text: `${formatPlural(stats.quarantined, "event")} did not fit the schema, and ${stats.quarantined === 1 ? "is" : "are"} not delivered.`,
      link: { to: "/quarantine", label: "Quarantine" },
    },
  ];
}
