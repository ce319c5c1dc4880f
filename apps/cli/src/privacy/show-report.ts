import type { ErasureReport, PersonalData } from "@sessionhook/core";
import { harmless, print, type Shell, table } from "../shell.js";

type Counts = Omit<PersonalData, "eventIds">;

/** Prints numbers of what was found or removed, and where the data was sent. */
export function showCounts(shell: Shell, title: string, counts: Counts): void {
  const { events, sessions, people, pageViews, deliveries, attempts, deliveredTo } = counts;
  const rows = Object.entries({ events, sessions, people, "page views": pageViews, deliveries, attempts });
  print(shell, title);
  print(shell, table(rows.map(([name, count]) => [`  ${name}`, String(count)])));
  if (deliveredTo.length > 0)
    print(
      shell,
      `Sent to destinations, which must erase it themselves: ${deliveredTo.map(harmless).join(", ")}`,
    );
}

export function showReport(shell: Shell, report: ErasureReport): void {
  showCounts(shell, `Erased at ${new Date(report.at).toISOString()}:`, report);
  print(shell, `${report.cancelled} open deliveries cancelled, ${report.tombstones} tombstones left`);
  print(shell, "The bytes are overwritten. Backups made before still have them.");
}
