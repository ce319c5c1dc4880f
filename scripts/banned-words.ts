interface Banned {
  readonly word: RegExp;
  /** The wording to use instead; docs/glossary.md explains the terms. */
  readonly use: string;
}

/** Words that must not appear in documentation and messages. */
export const bannedWords: readonly Banned[] = [
  { word: /\bmisfits?\b/i, use: "issue" },
  { word: /\bverdicts?\b/i, use: "status (of an event), result (of a check)" },
  { word: /\bkeepers?\b/i, use: "writer" },
  { word: /\b(?:keeps|kept|keeping)\b/i, use: "store, preserve, have, continue" },
  { word: /\bheld bytes\b/i, use: "memory budget" },
  { word: /\bstandalone\b/i, use: "server" },
  { word: /\brooms?\b(?! (?:for|to)\b)/i, use: "package; disk space" },
  { word: /\barrows?\b/i, use: "import rule" },
  { word: /\btroubles?\b/i, use: "fault, invalid variant" },
  { word: /\bidempotency tokens?\b/i, use: "message id" },
  { word: /\bdedup(?:e|es|ed|licate|lication)\b/i, use: "duplicate (same bytes), cooldown (per person)" },
  // A signature vector is named for the repetition of keys in its JSON.
  { word: /\brepetitions?\b(?! and numbers)/i, use: "duplicate" },
  { word: /\b(?:tell|tells|told)\b/i, use: "report, return, show, distinguish" },
  { word: /\b(?:says|said)\b/i, use: "report, return, define, name" },
  { word: /\bmend(?:s|ed)?\b/i, use: "fix" },
  { word: /\banew\b/i, use: "again" },
  { word: /\bin turns\b/i, use: "interleaved" },
  { word: /\bas it stands\b/i, use: "literally, unchanged" },
  { word: /\bas sent\b/i, use: "raw, original" },
  { word: /\bwhole numbers?\b/i, use: "integer" },
  { word: /\b(?:that|which|it|they) (?:is|are) none\b/i, use: "is not a …" },
  {
    word: /\b(?:is|are) no (?:HTTP|JSON|UTF-8|number|integer|text|URL|date|time|secret|store)\b/i,
    use: "is not …",
  },
  { word: /\bof (?:its|their|one's) own\b/i, use: "its own …, a separate …" },
  { word: /\b(?:who|whoever) (?:asks?|wants?|needs?|waits?|looks?)\b/i, use: "an explicit subject" },
];

/** Further words that must not appear in comments and in the names of tests. */
export const bannedInComments: readonly Banned[] = [
  { word: /\b(?:somebody|nobody|anybody|whoever)\b/i, use: "an explicit subject" },
  { word: /\bof which the\b/i, use: "whose …" },
  { word: /\b(?:just then|by turns)\b/i, use: "at that time, alternately" },
];

/** Words that must not be part of an exported name, in camel case. */
export const bannedNameParts: readonly Banned[] = [
  { word: /^misfits?$/, use: "issues" },
  { word: /^verdicts?$/, use: "status" },
  { word: /^keepers?$/, use: "writer" },
  { word: /^(?:keep|keeps|kept)$/, use: "write, writeResult" },
  { word: /^held$/, use: "memoryBudget" },
  { word: /^standalone$/, use: "server" },
  { word: /^(?:rooms?|arrows?)$/, use: "package, importRule" },
  { word: /^troubles?$/, use: "fault, invalidVariant" },
  { word: /^alone$/, use: "unbatched" },
  { word: /^(?:tell|tells|told)$/, use: "report" },
  { word: /^refusals?$/, use: "problem" },
  { word: /^(?:lister|listing)s?$/, use: "listEvents" },
];

/** Exact texts that may contain a banned word, each with the reason. */
export const exceptions: readonly { readonly text: string; readonly because: string }[] = [
  { text: "ajv's standalone mode", because: "is ajv's name for this mode" },
];

/** The use of each banned word in a text that no exception covers, with its replacement: `misfit → issue`. */
export function violationsIn(text: string, words: readonly Banned[] = bannedWords): string[] {
  const checked = exceptions.reduce((rest, { text: exact }) => rest.replaceAll(exact, ""), text);
  return words.flatMap(({ word, use }) => {
    const found = word.exec(checked)?.[0];
    return found === undefined ? [] : [`${found} → ${use}`];
  });
}
