import { indented, members } from "./json-text.js";
import { escaped, harmless, print, type Shell, table } from "./shell.js";

/** Prints a JSON object: its plain members as a table, then each list and object as indented JSON. */
export function showObject(shell: Shell, json: string): void {
  const all = members(json);
  const simple = all.filter(([, value]) => !isStructure(value));
  print(shell, table(simple.map(([name, value]) => [harmless(name), harmless(shown(name, value))])));
  for (const [name, value] of all) {
    if (!isStructure(value) || value === "[]") continue;
    print(shell, `\n${harmless(name)}\n${escaped(indented(value))}`);
  }
}

/** Returns whether a value is a list or an object. */
export const isStructure = (json: string) => json.startsWith("{") || json.startsWith("[");

/** Returns a string without its quotes, a time as ISO 8601, and any other value as the server wrote it. */
export function shown(name: string, json: string): string {
  if (json === "null") return "-";
  if (json.startsWith('"')) return JSON.parse(json) as string;
  const instant = name.endsWith("At") ? new Date(Number(json)) : undefined;
  return instant === undefined || Number.isNaN(instant.getTime()) ? json : instant.toISOString();
}
