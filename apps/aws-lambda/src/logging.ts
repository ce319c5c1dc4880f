import process from "node:process";
import { configure, jsonLinesFormatter, type LogRecord } from "@logtape/logtape";
import type { Settings } from "@sessionhook/app";

/** Logs one JSON line per record to standard output, which Lambda sends to CloudWatch Logs. Default level `info`. */
export async function startLogging(level: Settings["logLevel"]): Promise<void> {
  const lowestLevel = level === "silent" ? null : (level ?? "info");
  await configure({
    sinks: { out: (record: LogRecord) => void process.stdout.write(jsonLinesFormatter(record)) },
    loggers: [
      { category: "sessionhook", sinks: ["out"], lowestLevel },
      { category: ["logtape", "meta"], sinks: ["out"], lowestLevel: "warning" },
    ],
    reset: true,
  });
}
