import { maxRead } from "./limits.js";
import { realId } from "./placeholders.js";
import { entriesOf, textAt } from "./read.js";
import { recordDomain } from "./record-domain.js";

/** The identities of a company record, the surest first. */
const identities: readonly ((record: unknown) => string | undefined)[] = [
  (record) => realId(textAt(record, "linkedinId")?.trim()),
  recordDomain,
  (record) => textAt(record, "name")?.trim().toLowerCase(),
];

/** Returns the first of the records that has an identity of the given one: its LinkedIn identifier, else its domain, else its name. */
export function findSameCompany(records: unknown, company: unknown): unknown {
  const read = entriesOf(records).slice(0, maxRead);
  for (const identity of identities) {
    const known = identity(company);
    const found = known === undefined ? undefined : read.find((record) => identity(record) === known);
    if (found !== undefined) return found;
  }
  return undefined;
}
