import { isFreemail } from "./domains.js";
import { maxRead } from "./limits.js";
import { at, entriesOf } from "./read.js";

/** Judgements of the addresses that may be written to, best first. */
export const usableJudgements = ["valid", "risky", "unknown"] as const;
export type Judgement = (typeof usableJudgements)[number] | "invalid";

export interface Email {
  /** In lower case. */
  readonly address: string;
  readonly domain: string;
  readonly judgement: Judgement;
  readonly freemail: boolean;
  /** True for an address at work: declared as professional, or not declared and not of a freemail domain. */
  readonly work: boolean;
}

/** An address of the payload with its declared use. */
export interface Candidate {
  readonly value: unknown;
  readonly type?: unknown;
}

/** RFC 5321, 4.5.3.1: an address has at most 254 characters. */
const maxAddress = 254;
/** Most addresses; the form that others can have takes longer to test. */
const usualForm = /^[a-z0-9._+-]+@[a-z0-9.-]+$/;
const addressForm = /^[^\s@<>()[\],;:"\\\p{C}]+@([^\s@<>()[\],;:"\\\p{C}]+)$/u;

/** A validity that is not here, of a provider's new kind for example, is unknown. */
const judgements = new Map<unknown, Judgement>([
  ["valid", "valid"],
  ["valid_catch_all", "valid"],
  ["catch_all", "risky"],
  ["invalid", "invalid"],
]);
/** Of several results for an address the most cautious counts. */
const caution: readonly Judgement[] = ["unknown", "valid", "risky", "invalid"];
const rank: readonly Judgement[] = [...usableJudgements, "invalid"];

/** Returns an address trimmed and in lower case; undefined if the value is not one. */
function normalize(value: unknown): string | undefined {
  if (typeof value !== "string" || value.length > 2 * maxAddress) return undefined;
  const address = value.trim().toLowerCase();
  if (address.length > maxAddress) return undefined;
  return usualForm.test(address) || addressForm.test(address) ? address : undefined;
}

/**
 * Returns the different addresses of a person, best first: by the results of their validation, then addresses at work
 * before others, then in the order given.
 */
export function rankEmails(candidates: readonly Candidate[], validations: unknown): readonly Email[] {
  const judged = new Map<string, Judgement>();
  for (const validation of entriesOf(validations).slice(0, maxRead)) {
    const address = normalize(at(validation, "email"));
    if (address === undefined) continue;
    const found = judgements.get(at(validation, "validity")) ?? "unknown";
    const before = judged.get(address) ?? "unknown";
    judged.set(address, caution.indexOf(found) > caution.indexOf(before) ? found : before);
  }
  const emails = new Map<string, Email>();
  for (const { value, type } of [
    ...candidates,
    ...[...judged.keys()].map((value): Candidate => ({ value })),
  ]) {
    const address = normalize(value);
    if (address === undefined || emails.has(address)) continue;
    const domain = address.slice(address.lastIndexOf("@") + 1);
    const freemail = isFreemail(domain);
    const work = type === "professional" || (type !== "personal" && !freemail);
    emails.set(address, { address, domain, judgement: judged.get(address) ?? "unknown", freemail, work });
  }
  return [...emails.values()].toSorted(
    (a, b) => rank.indexOf(a.judgement) - rank.indexOf(b.judgement) || Number(b.work) - Number(a.work),
  );
}
