import { isPageAddress } from "../facts/linkedin.js";
import { mailboxOf } from "../facts/mailbox.js";
import { realId } from "../facts/placeholders.js";
import { cut, maxKeyLength } from "./bounds.js";
import type { RecordFacts } from "./record-facts.js";

/** Returns the key of the person: from the profile, else the address, else the visitor of a name; undefined without one. */
export function personKeyOf(facts: RecordFacts): string | undefined {
  const visitor = facts.personFullName === undefined ? undefined : realId(facts.sessionVisitorId);
  return (
    key("linkedin", pageAddress(facts.personLinkedinUrl)) ??
    key("linkedin-id", realId(facts.personLinkedinId)) ??
    key("email", facts.personEmail && mailboxOf(facts.personEmail)) ??
    key("visitor", visitor)
  );
}

/** Returns the key of the company: from its domain, else its profile, else its name in lower case; undefined without one. */
export function companyKeyOf(facts: RecordFacts): string | undefined {
  return (
    key("domain", facts.companyDomain) ??
    key("linkedin", pageAddress(facts.companyLinkedinUrl)) ??
    key("linkedin-id", realId(facts.companyLinkedinId)) ??
    key("name", companyNameOf(facts))
  );
}

/** Texts in the place of an employer. */
const noCompanies = new Set(
  "freelance,freelancer,freiberuflich,freiberufler,independent,n/a,none,null,retired,self employed,self-employed,selbständig,selbstständig,unemployed,unknown".split(
    ",",
  ),
);

function companyNameOf({ companyName }: RecordFacts): string | undefined {
  const name = companyName?.toLowerCase();
  return name === undefined || noCompanies.has(name.trim()) ? undefined : name;
}

function pageAddress(url: string | undefined): string | undefined {
  return url !== undefined && isPageAddress(url) ? url : undefined;
}

function key(kind: string, value: string | undefined): string | undefined {
  return value === undefined ? undefined : `${kind}:${cut(value, maxKeyLength)}`;
}
