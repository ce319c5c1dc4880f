import { maxFactLength } from "./limits.js";

/** The first that matches counts. Only words: the payload has no seniority. */
const patterns = [
  ["entry", /\b(?:intern|trainee|apprentice|working student|werkstudent(?:in)?|assistant to)\b/],
  // A product owner owns no company.
  [
    "founder",
    /\b(?:co-?|mit)?(?:founder|gründer(?:in)?|inhaber(?:in)?|(?<!\b(?:product|process|service|data|home|platform|system|risk|control)[ -])owner)\b/,
  ],
  ["vp", /\b(?:[se]?vp|vice[ -]president)\b/],
  ["c_level", /\b(?:c[a-z]{1,2}o|chief|president|managing director|geschäftsführer(?:in)?)\b/],
  ["director", /\b(?:director|head|direktor(?:in)?|leiter(?:in)?|[a-zäöü]+sleiter(?:in)?)\b/],
  ["manager", /\b(?:manager(?:in)?|team ?lead(?:er)?|teamleiter(?:in)?|lead(?! gen)|supervisor)\b/],
  ["senior", /\b(?:senior|sr|staff|principal|expert)\b/],
] as const satisfies readonly (readonly [string, RegExp])[];

export const seniorities: readonly string[] = patterns.map(([name]) => name);

/** Guesses the seniority from the words of a job title; undefined if it has none of them. */
export function seniorityOf(title: string | undefined): string | undefined {
  if (title === undefined) return undefined;
  const text = title.slice(0, maxFactLength).toLowerCase();
  return patterns.find(([, pattern]) => pattern.test(text))?.[0];
}
