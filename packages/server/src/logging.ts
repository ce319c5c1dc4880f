import process from "node:process";
import { ansiColorFormatter, configure, jsonLinesFormatter, type LogLevel } from "@logtape/logtape";

/**
 * Sends the log to standard output: JSON lines, or coloured text on a terminal.
 * @param level default `info`; on a terminal `debug`, which logs each event
 */
export async function startLogging(level: LogLevel | "silent" | undefined): Promise<void> {
  // If the disk is full or the reader has gone, the line is lost, but the app must continue.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
  const terminal = process.stdout.isTTY === true;
  const lowestLevel = level ?? (terminal ? "debug" : "info");
  const format = terminal ? ansiColorFormatter : jsonLinesFormatter;
  const write = (record: Parameters<typeof format>[0]) => void process.stdout.write(format(record));
  await configure({
    sinks: { out: write },
    loggers: [
      { category: "sessionhook", sinks: ["out"], lowestLevel: lowestLevel === "silent" ? null : lowestLevel },
      { category: ["logtape", "meta"], sinks: ["out"], lowestLevel: "warning" },
    ],
    reset: true,
  });
}
