import { factDefinitions } from "@sessionhook/core/facts";
import type { ConfigProblem } from "../driver.js";
import type { BodyConfig } from "./config.js";
import { textParts } from "./map-problem.js";

/** Returns the first place of a map that names an unknown fact, or undefined. */
export function factProblem(body: BodyConfig | undefined): ConfigProblem | undefined {
  if (typeof body !== "object") return undefined;
  const known = new Set(factDefinitions.map(({ path }) => path));
  const visit = (value: unknown, path: readonly (string | number)[]): ConfigProblem | undefined => {
    if (typeof value === "string") {
      const facts = (textParts(value) ?? []).flatMap((part) => ("fact" in part ? [part.fact.join(".")] : []));
      const wrong = facts.find((fact) => !known.has(fact));
      return wrong === undefined ? undefined : { path, message: `there is no fact ${wrong}: docs/facts.md` };
    }
    if (typeof value !== "object" || value === null) return undefined;
    for (const [key, child] of Object.entries(value)) {
      const problem = visit(child, [...path, Array.isArray(value) ? Number(key) : key]);
      if (problem !== undefined) return problem;
    }
    return undefined;
  };
  return visit(body.map, ["body", "map"]);
}
