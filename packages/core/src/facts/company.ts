import { companyDomain } from "./domains.js";
import type { Email } from "./emails.js";
import { realId } from "./placeholders.js";
import { at, entriesOf, isObject, textAt } from "./read.js";
import { recordDomain } from "./record-domain.js";
import { findSameCompany } from "./same-company.js";

/** The places of a company in an event, in the order of precedence. */
export const companySources = ["employment", "companies", "experience", "identity", "email"] as const;

export interface Company {
  readonly source: (typeof companySources)[number];
  /** The company record of the payload; undefined for the sources identity and email. */
  readonly record: unknown;
  readonly name: string | undefined;
  readonly domain: string | undefined;
}

interface Known {
  readonly employment: unknown;
  readonly companies: unknown;
  readonly experience: unknown;
  readonly identity: unknown;
  readonly emails: readonly Email[];
}

/**
 * Chooses the company of an event: that of the current employment, else the one of the companies that is that of the current
 * position of the résumé, whose title the person has then, else the first.
 */
export function chooseCompany({
  employment,
  companies,
  experience,
  identity,
  emails,
}: Known): Company | undefined {
  const position = at(experience, "company");
  const records = [
    ["employment", at(employment, "company")],
    ["companies", findSameCompany(companies, position) ?? entriesOf(companies).find(isNamed)],
    ["experience", position],
  ] as const;
  for (const [source, record] of records)
    if (isObject(record) && isNamed(record))
      return { source, record, name: textAt(record, "name"), domain: recordDomain(record) };
  const name = textAt(at(identity, "professional"), "companyName");
  const domain = domainAtWork(emails);
  if (name !== undefined) return { source: "identity", record: undefined, name, domain };
  return domain === undefined ? undefined : { source: "email", record: undefined, name, domain };
}

/** Returns whether a record names a company, and not a missing one, such as `null` or `n/a`, which would hide another one. */
function isNamed(record: unknown): boolean {
  const name = textAt(record, "name");
  if (name === undefined || realId(name) !== undefined || recordDomain(record) !== undefined) return true;
  return ["linkedinUrl", "linkedinId"].some((key) => realId(textAt(record, key)) !== undefined);
}

function domainAtWork(emails: readonly Email[]): string | undefined {
  return emails
    .filter(({ work, judgement }) => work && judgement !== "invalid")
    .map(({ domain }) => companyDomain(domain))
    .find((domain) => domain !== undefined);
}
