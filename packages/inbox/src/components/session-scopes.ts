import type { SessionRow } from "@sessionhook/core";
import { cut } from "./short.js";
import type { Scope } from "./filter-form.js";
import { withoutValue } from "../visits/query.js";
import { sessionListPath, type SessionListFilter } from "../visits/session-list-filter.js";
import { visitorName } from "../visits/visitor.js";

const labels = {
  medium: "Medium",
  landingPage: "Landing page",
  referrer: "Referrer",
  person: "Person",
  company: "Company",
  visitorId: "Visitor",
} as const;

type Name = keyof typeof labels;

/** Returns the parts of the filter that have no field in the form. Names of people and companies are read from the rows. */
export function sessionScopes(filter: SessionListFilter, rows: readonly SessionRow[]): Scope[] {
  const nameOf = (name: Name, value: string): string => {
    const row = rows[0];
    if (name === "person" && row !== undefined) return visitorName(row);
    if (name === "company") return row?.companyName ?? row?.companyDomain ?? value;
    return value === withoutValue ? "none" : value;
  };
  return (Object.keys(labels) as Name[]).flatMap((name) => {
    const value = filter[name];
    if (value === undefined) return [];
    const without = sessionListPath({ ...filter, [name]: undefined, cursor: undefined });
    return [{ name, value, without, text: `${labels[name]}: ${cut(nameOf(name, value), 60)}` }];
  });
}
