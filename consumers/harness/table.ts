import { columns } from "./language.ts";
import type { Cell, Outcome } from "./run-language.ts";

/** Returns true when a cell makes the run fail. */
export function isFault(cell: Cell, strict: boolean): boolean {
  if (cell === "none") return false;
  if ("failed" in cell) return true;
  if ("notRun" in cell) return strict && !cell.excused;
  return cell.faults.length > 0;
}

function text(cell: Cell): string {
  if (cell === "none") return "none";
  if ("failed" in cell) return "✗ failed";
  if ("notRun" in cell) return "did not run";
  const { cases, faults } = cell;
  return faults.length === 0 ? `✓ ${cases}` : `✗ ${faults.length} faults in ${cases}`;
}

/** Formats the table of results: a row per language, with the number of cases in each cell. */
export function table(outcomes: readonly Outcome[]): string {
  const rows = [
    ["language", ...columns, "seconds"],
    ...outcomes.map(({ language, cells, seconds }) => [
      language.name,
      ...columns.map((column) => text(cells[column])),
      seconds.toFixed(1),
    ]),
  ];
  return layOut(rows);
}

/** Returns the reasons of all cells that did not succeed, each reason once. */
export function reasons(outcomes: readonly Outcome[]): string {
  const lines = outcomes.flatMap(({ language, cells }) =>
    columns.flatMap((column) => {
      const cell = cells[column];
      if (cell === "none") return [];
      if ("failed" in cell) return [`${language.name} failed: ${cell.failed}`];
      if ("notRun" in cell)
        return [`${language.name}${cell.excused ? `, ${column}` : ""} did not run: ${cell.notRun}`];
      return cell.faults.map((fault) => `${language.name}, ${column}: ${fault}`);
    }),
  );
  return [...new Set(lines)].join("\n");
}

/** Returns the messages that a language's library accepts and core rejects, and the other way round. */
export function differences(outcomes: readonly Outcome[]): Record<string, Record<string, string[]>> {
  const found: Record<string, Record<string, string[]>> = {};
  for (const { language, probes } of outcomes.filter((one) => one.probes.length > 0)) {
    const names = (taken: boolean) =>
      probes
        .filter((probe) => probe.taken === taken && probe.message.genuine !== taken)
        .map(({ message }) => message.name);
    found[language.name] = {
      "takes what core refuses": names(true),
      "refuses what core takes": names(false),
    };
  }
  return found;
}

function layOut(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0))) ?? [];
  const lines = rows.map((row) =>
    row
      .map((text, at) => text.padEnd(widths[at] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  return [lines[0], widths.map((width) => "─".repeat(width)).join("  "), ...lines.slice(1)].join("\n");
}
