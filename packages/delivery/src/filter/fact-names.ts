import { factDefinitions } from "@sessionhook/core/facts";
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

/** Returns the candidates with few differing letters, nearest first; else those that begin with the same letters. */
function similarTo(name: string, candidates: readonly string[]): string[] {
  // Long texts are not misspelt names, and the distance takes the product of the lengths.
  if (name.length > 64) return [];
  const limit = name.length < 4 ? 1 : Math.ceil(name.length / 3);
  const near = candidates
    .map((candidate) => ({ candidate, distance: editDistance(name.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ distance }) => distance <= limit)
    .sort((a, b) => a.distance - b.distance)
    .map(({ candidate }) => candidate);
  if (near.length > 0) return near.slice(0, 1);
  const beginning = name.toLowerCase().slice(0, sameBeginning);
  return candidates.filter(
    (candidate) => beginning.length === sameBeginning && candidate.toLowerCase().startsWith(beginning),
  );
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1)
      next[j] = Math.min(
        (next[j - 1] as number) + 1,
        (row[j] as number) + 1,
        (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1),
      );
    row = next;
  }
  return row[b.length] as number;
}
