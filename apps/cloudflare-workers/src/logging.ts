import { configureSync, getConsoleSink, jsonLinesFormatter } from "@logtape/logtape";
import type { Settings } from "@sessionhook/app";

/** Logs one JSON line per record to the console, which Workers Logs indexes by field. Default level `info`. */
export function startLogging(level: Settings["logLevel"]): void {
  const lowestLevel = level === "silent" ? null : (level ?? "info");
  configureSync({
    sinks: { console: getConsoleSink({ formatter: (record) => jsonLinesFormatter(record).trimEnd() }) },
    loggers: [
      { category: "sessionhook", sinks: ["console"], lowestLevel },
      { category: ["logtape", "meta"], sinks: ["console"], lowestLevel: "warning" },
    ],
    reset: true,
  });
}
