import { factDefinitions } from "@sessionhook/core/facts";
import { longestName, nearest } from "../nearest.js";
import { factGroups } from "./environment.js";

/** Words of the same beginning are similar from this length on, such as `employees` and `employeeCount`. */
const sameBeginning = 5;
const maxSimilar = 3;

/** Returns the message about a fact that does not exist, with the similar ones, or else with all of its group. */
export function noSuchFact(group: string, field: string): string {
  const fields = Object.keys(factGroups.fields[group] ?? {});
  const similar = similarTo(field, fields).map((name) => `${group}.${name}`);
  const elsewhere = factDefinitions.map(({ path }) => path).filter((path) => path.endsWith(`.${field}`));
  const found = [...elsewhere, ...similar].slice(0, maxSimilar);
  if (found.length > 0) return `No such fact: ${group}.${field}; did you mean ${found.join(" or ")}?`;
  return fields.length === 0
    ? `No such fact: ${group}.${field}; facts begin with ${groupNames().join(", ")}`
    : `No such fact: ${group}.${field}; ${group} has ${fields.join(", ")}`;
}

/** Returns the message about a name that is neither a group of facts nor a list. */
export function noSuchName(name: string): string {
  const names = groupNames();
  const paths = factDefinitions
    .filter((fact) => fact.name === name || fact.path.endsWith(`.${name}`))
    .map(({ path }) => path);
  const found = (paths.length > 0 ? paths : similarTo(name, names)).slice(0, maxSimilar);
  if (found.length > 0) return `Unknown variable: ${name}; did you mean ${found.join(" or ")}?`;
  return `Unknown variable: ${name}; facts begin with ${names.join(", ")}`;
}

const groupNames = () => [...Object.keys(factGroups.fields), ...Object.keys(factGroups.lists)];

/** Returns the candidate with few differing letters; else those that begin with the same letters. */
function similarTo(name: string, candidates: readonly string[]): string[] {
  if (name.length > longestName) return [];
  const near = nearest(name, candidates);
  if (near !== undefined) return [near];
  const beginning = name.toLowerCase().slice(0, sameBeginning);
  return candidates.filter(
    (candidate) => beginning.length === sameBeginning && candidate.toLowerCase().startsWith(beginning),
  );
}
