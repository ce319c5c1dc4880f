import type { ConfiguredDestination, ReadOptions } from "./configured-destination.js";
import * as limits from "@sessionhook/core/limits";
import { type Finding, findingsOf } from "./messages.js";
import { readDestination } from "./read-destination.js";
import { isPlainObject } from "./references.js";
import { fileSchema, namePattern, retentionSchema } from "./schema.js";

/** The validated configuration. Times are milliseconds. */
export interface LoadedConfig {
  /** In the order of the file. */
  readonly destinations: readonly ConfiguredDestination[];
  readonly retention: {
    /** Undefined: for ever. */
    readonly eventsMs: number | undefined;
    readonly historyMs: number;
  };
}

const knownKeys = (path: readonly (string | number)[]) =>
  Object.keys(path[0] === "retention" ? retentionSchema.shape : fileSchema.shape);

/** Reads a configuration and reports every problem. The result is only valid if nothing was reported. */
export async function readConfig(value: unknown, options: ReadOptions): Promise<LoadedConfig> {
  const { report } = options;
  const parsed = fileSchema.safeParse(isPlainObject(value) ? value : undefined);
  if (!parsed.success)
    for (const finding of findingsOf(parsed.error.issues, value, knownKeys)) report(finding);
  const given = isPlainObject(value) ? value["destinations"] : undefined;
  const entries = isPlainObject(given) ? Object.entries(given) : [];
  checkNames(
    entries.map(([name]) => name),
    report,
  );
  const destinations: ConfiguredDestination[] = [];
  for (const [name, destination] of entries.slice(0, limits.maxDestinations)) {
    const result = await readDestination(name, destination, options);
    if (result !== undefined) destinations.push(result);
  }
  const { events, history } = parsed.data?.retention ?? {};
  return {
    destinations,
    retention: { eventsMs: events, historyMs: history ?? limits.defaultHistoryMs },
  };
}

function checkNames(names: readonly string[], report: (finding: Finding) => void): void {
  if (names.length > limits.maxDestinations)
    report({ path: ["destinations"], message: `must have at most ${limits.maxDestinations} entries` });
  const seen = new Map<string, string>();
  for (const name of names) {
    const path = ["destinations", name];
    const other = seen.get(name.toLowerCase());
    if (!namePattern.test(name))
      report({
        path,
        message: "a name must have 1 to 64 letters, digits, - or _, and begin with a letter or a digit",
      });
    else if (other !== undefined)
      report({ path, message: `differs from ${other} only by the case of its letters` });
    seen.set(name.toLowerCase(), name);
  }
}
