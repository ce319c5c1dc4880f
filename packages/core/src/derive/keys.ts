import type { Facts } from "../facts/generated/facts.js";
import { cut, maxKeyLength } from "./bounds.js";

/** Returns the key of the person: from the profile, else the address, else the visitor of a name; undefined without one. */
export function personKeyOf(facts: Facts): string | undefined {
  const visitor = facts.personFullName === undefined ? undefined : facts.sessionVisitorId;
  return (
    key("linkedin", facts.personLinkedinUrl) ??
    key("linkedin-id", facts.personLinkedinId) ??
    key("email", facts.personEmail) ??
    key("visitor", visitor)
  );
}

/** Returns the key of the company: from its domain, else its profile, else its name in lower case; undefined without one. */
export function companyKeyOf(facts: Facts): string | undefined {
  return (
    key("domain", facts.companyDomain) ??
    key("linkedin", facts.companyLinkedinUrl) ??
    key("linkedin-id", facts.companyLinkedinId) ??
    key("name", facts.companyName?.toLowerCase())
  );
}

function key(kind: string, value: string | undefined): string | undefined {
  return value === undefined ? undefined : `${kind}:${cut(value, maxKeyLength)}`;
}
