import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { definitionNames } from "./inputs.ts";
import type { GeneratedNames, Verdict } from "./language.ts";
import { root } from "./paths.ts";

/** The constants that identify the kind of an event or a company, and the union of all events. */
const constants = /^(?:Identity\w+Event|Company|BasicCompany)Type$|^IdentityEvent$/;

/** Checks that every definition has a type of its name, and that no other types exist: no PurpleType, no Company1. */
export function judgeNames(folder: string, names: GeneratedNames): Verdict {
  const files = globSync(names.files, { cwd: join(root, "consumers", folder) });
  const source = files.map((file) => readFileSync(join(root, "consumers", folder, file), "utf8")).join("\n");
  return { cases: definitionNames().length, faults: wrongNames(source, names, definitionNames()) };
}

export function wrongNames(source: string, names: GeneratedNames, expected: readonly string[]): string[] {
  const declared = new Set([...source.matchAll(names.declaration)].map(([, name = ""]) => name));
  const due = new Set(expected.map((name) => names.renamed?.[name] ?? name));
  const missing = [...due].filter((name) => !declared.has(name));
  const strange = [...declared].filter(
    (name) => !due.has(name) && !constants.test(name) && names.added?.test(name) !== true,
  );
  const useless = names.forbidden?.exec(source)?.[0];
  return [
    ...missing.map((name) => `there is no type ${name}`),
    ...strange.map((name) => `the type ${name} is not in the schema`),
    ...(useless === undefined ? [] : [`the types contain "${useless.trim()}"`]),
  ];
}
