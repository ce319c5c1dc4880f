import process from "node:process";
import { isatty } from "node:tty";
import {
  configure,
  getAnsiColorFormatter,
  jsonLinesFormatter,
  type LogLevel,
  type LogRecord,
} from "@logtape/logtape";

/**
 * Sends the log to standard output: JSON lines, or coloured text on a terminal.
 * @param level default `info`; on a terminal `debug`, which logs each event
 */
export async function startLogging(level: LogLevel | "silent" | undefined): Promise<void> {
  // If the disk is full or the reader has gone, the line is lost, but the app must continue.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
  // In a thread, process.stdout does not know.
  const terminal = isatty(1);
  const lowestLevel = level ?? (terminal ? "debug" : "info");
  const format = terminal ? forTerminal : jsonLinesFormatter;
  const write = (record: LogRecord) => void process.stdout.write(format(record));
  await configure({
    sinks: { out: write },
    loggers: [
      { category: "sessionhook", sinks: ["out"], lowestLevel: lowestLevel === "silent" ? null : lowestLevel },
      { category: ["logtape", "meta"], sinks: ["out"], lowestLevel: "warning" },
    ],
    reset: true,
  });
}

/** One line with the properties that the message does not name, such as the id and the status of an event. */
const forTerminal = getAnsiColorFormatter({
  format: ({ timestamp, level, category, message, record }) =>
    `${timestamp} ${level} ${category}: ${message}${propertiesOf(record)}`,
});

function propertiesOf({ rawMessage, properties }: LogRecord): string {
  const named = typeof rawMessage === "string" ? rawMessage : "";
  return Object.entries(properties)
    .filter(([name, value]) => value !== undefined && !named.includes(`{${name}}`))
    .map(([name, value]) => ` ${name}=${visible(value)}`)
    .join("");
}

/** A terminal obeys control characters. */
function visible(value: unknown): string {
  if (typeof value === "string" && /^[\w.:/-]+$/.test(value)) return value;
  const escape = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return (JSON.stringify(value) ?? "").replaceAll(/[^\x20-\x7e]/g, escape);
}
