import { maxRead } from "./limits.js";
import { realId } from "./placeholders.js";
import { entriesOf, textAt } from "./read.js";
import { recordDomain } from "./record-domain.js";

/** Functions that read an identity of a company record, the most reliable first. */
const identities: readonly ((record: unknown) => string | undefined)[] = [
  (record) => realId(textAt(record, "linkedinId")?.trim()),
  recordDomain,
  (record) => textAt(record, "name")?.trim().toLowerCase(),
];

/** Returns the first record with the identity of the given company: its LinkedIn identifier, else its domain, else its name. Undefined if there is none. */
export function findSameCompany(records: unknown, company: unknown): unknown {
  const read = entriesOf(records).slice(0, maxRead);
  for (const identity of identities) {
    const known = identity(company);
    const found = known === undefined ? undefined : read.find((record) => identity(record) === known);
    if (found !== undefined) return found;
  }
  return undefined;
}
