import type { Facts } from "@sessionhook/core/facts";

/** Describes in words what a bot score means. The scale is Cloudflare's: 1 is surely a bot, 99 surely a human. */
export function botWords(score: number | null, facts: Facts | undefined): string | undefined {
  if (facts?.botVerified === true) {
    const { botCategory } = facts;
    return `A known bot that says what it is${botCategory === undefined ? "" : `: ${botCategory}`}.`;
  }
  if (score === null) return undefined;
  const of = `Score ${Math.round(score)} of 99`;
  if (score < 2) return `${of}: certainly a program.`;
  if (score < 30) return `${of}: very likely a program.`;
  if (score < 60) return `${of}: probably a person; programs sometimes score this high.`;
  return score < 90 ? `${of}: very likely a person.` : `${of}: almost certainly a person.`;
}
