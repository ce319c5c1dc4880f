/**
 * Returns a table of runtimes with their results in the runtime suite, from a vitest JSON report. A runtime has a row if
 * its tests have a describe block "runtime: <name>".
 * @param {{ testResults: { assertionResults: { ancestorTitles: string[], status: string }[] }[] }} report
 */
export function runtimeTable(report) {
  const counts = new Map();
  for (const { ancestorTitles, status } of report.testResults.flatMap((file) => file.assertionResults)) {
    const [, runtime] = /^runtime: (.+)$/.exec(ancestorTitles[0] ?? "") ?? [];
    if (runtime === undefined) continue;
    const count = counts.get(runtime) ?? { passed: 0, failed: 0, excepted: 0 };
    count[status === "passed" || status === "failed" ? status : "excepted"]++;
    counts.set(runtime, count);
  }
  if (counts.size === 0) return "";
  const rows = [...counts].sort(([a], [b]) => a.localeCompare(b));
  const line = (...cells) =>
    `${cells[0].padEnd(20)}${cells
      .slice(1)
      .map((cell) => String(cell).padStart(10))
      .join("")}\n`;
  const body = rows.map(([runtime, { passed, failed, excepted }]) => line(runtime, passed, failed, excepted));
  return [line("runtime", "passed", "failed", "excepted"), ...body].join("");
}
