import { factDefinitions } from "@sessionhook/core/facts";
import type { ConfigProblem } from "../driver.js";
import type { BodyConfig } from "./config.js";
import { textParts } from "./map-problems.js";

/** Returns the places of a map that name an unknown fact. */
export function factProblems(body: BodyConfig | undefined): readonly ConfigProblem[] {
  if (typeof body !== "object") return [];
  const known = new Set(factDefinitions.map(({ path }) => path));
  const visit = (value: unknown, path: readonly (string | number)[]): readonly ConfigProblem[] => {
    if (typeof value === "string") {
      const facts = (textParts(value) ?? []).flatMap((part) => ("fact" in part ? [part.fact.join(".")] : []));
      const wrong = facts.filter((fact) => !known.has(fact));
      return wrong.map((fact) => ({ path, message: `there is no fact ${fact}: docs/facts.md` }));
    }
    if (typeof value !== "object" || value === null) return [];
    return Object.entries(value).flatMap(([key, child]) =>
      visit(child, [...path, Array.isArray(value) ? Number(key) : key]),
    );
  };
  return visit(body.map, ["body", "map"]);
}
