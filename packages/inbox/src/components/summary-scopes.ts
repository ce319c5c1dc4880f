import { withoutValue } from "../visits/query.js";
import { summaryListPath, type SummaryListFilter } from "../visits/summary-list-filter.js";
import type { Scope } from "./filter-form.js";
import { cut } from "./short.js";

const labels = {
  medium: "Medium",
  landingPage: "Landing page",
  referrer: "Referrer",
  company: "Company",
} as const;

/** Returns the parts of the filter that have no field in the form. */
export function summaryScopes(
  path: "/people" | "/companies",
  filter: SummaryListFilter,
  companyName: string | null | undefined,
): Scope[] {
  return (Object.keys(labels) as (keyof typeof labels)[]).flatMap((name) => {
    const value = filter[name];
    if (value === undefined) return [];
    const text = name === "company" ? (companyName ?? value) : value === withoutValue ? "none" : value;
    const without = summaryListPath(path, { ...filter, [name]: undefined, cursor: undefined });
    return [{ name, value, without, text: `${labels[name]}: ${cut(text, 60)}` }];
  });
}
