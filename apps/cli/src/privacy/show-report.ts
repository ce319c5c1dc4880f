import type { ErasureReport, PersonalData } from "@sessionhook/core";
import { numberOf } from "../cells.js";
import { harmless, print, type Shell, table } from "../shell.js";

type Counts = Omit<PersonalData, "eventIds" | "peopleKeys">;

/** Returns whether nothing was found or removed. */
export function isEmpty(counts: Counts): boolean {
  return numbersOf(counts).every(([, count]) => count === 0) && counts.deliveredTo.length === 0;
}

/**
 * Prints what was found, and where it was sent.
 * @param peopleKeys shown if there are several people, who can be others than the one of the query
 */
export function showFound(shell: Shell, found: Counts, peopleKeys: readonly string[]): void {
  showNumbers(shell, "Stored about this person:", found);
  const more = found.people - peopleKeys.length;
  if (found.people > 1)
    print(
      shell,
      `These people share a visitor, a session or an event; check that all of them are meant: ${peopleKeys.map(harmless).join(", ")}${more > 0 ? ` and ${more} more` : ""}`,
    );
  showDestinations(shell, found.deliveredTo);
}

/**
 * Prints what was removed.
 * @param found what was printed before; its destinations are not repeated
 */
export function showReport(shell: Shell, report: ErasureReport, found: Counts): void {
  const { at, deliveredTo, cancelled, cancelledReplays, tombstones, remainingPeople: remaining } = report;
  showNumbers(shell, `Erased at ${new Date(at).toISOString()}:`, report);
  showDestinations(
    shell,
    deliveredTo.filter((name) => !found.deliveredTo.includes(name)),
  );
  const deliveries = numberOf(cancelled, "open delivery", "open deliveries");
  print(shell, `${deliveries} cancelled, ${numberOf(tombstones, "tombstone")} left`);
  if (cancelledReplays > 0)
    print(
      shell,
      `${numberOf(cancelledReplays, "running replay", "running replays")} cancelled: the filter named the person`,
    );
  if (remaining > 0) {
    const people = remaining === 1 ? "1 person remains" : `${remaining} people remain`;
    print(shell, `${people}, because other events have them: erase by profile or another address too`);
  }
  print(shell, "The bytes are overwritten. Backups made before still have them.");
}

function numbersOf({ events, sessions, people, pageViews, deliveries, attempts }: Counts) {
  return Object.entries({ events, sessions, people, "page views": pageViews, deliveries, attempts });
}

function showNumbers(shell: Shell, title: string, counts: Counts): void {
  print(shell, title);
  print(shell, table(numbersOf(counts).map(([name, count]) => [`  ${name}`, String(count)])));
}

function showDestinations(shell: Shell, names: readonly string[]): void {
  if (names.length === 0) return;
  print(shell, `Sent to destinations, which must erase it themselves: ${names.map(harmless).join(", ")}`);
}
