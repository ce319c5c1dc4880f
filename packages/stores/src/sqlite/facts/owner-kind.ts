import type { CompanyRecord, PersonRecord } from "@sessionhook/core";
import type { SQLInputValue } from "node:sqlite";

/** Differences between the tables of people and of companies. */
export interface OwnerKind {
  readonly table: "people" | "companies";
  /** Column of a session that refers to it. */
  readonly column: "person" | "company";
  readonly first: "firstPeople" | "firstCompanies";
  readonly last: "lastPeople" | "lastCompanies";
  /** Columns that its events describe. */
  readonly columns: readonly string[];
  /** Parts of the columns: the values of a group are those of the newest event that has one of them. */
  readonly groups: readonly Group[];
  /** Places of the columns with the texts that a search compares. */
  readonly texts: readonly number[];
}

/** The place of the first column, and the one behind the last. */
export interface Group {
  readonly first: number;
  readonly end: number;
}

function described(
  names: readonly (readonly string[])[],
  texts: readonly string[],
): Pick<OwnerKind, "columns" | "groups" | "texts"> {
  const columns = names.flat();
  let end = 0;
  const groups = names.map(({ length }) => ({ first: end, end: (end += length) }));
  return { columns, groups, texts: texts.map((text) => columns.indexOf(text)) };
}

export const peopleKind: OwnerKind = {
  table: "people",
  column: "person",
  first: "firstPeople",
  last: "lastPeople",
  ...described(
    [
      ["name"],
      ["title", "seniority", "title_company"],
      ["email", "email_status"],
      ["linkedin_url"],
      ["country", "city"],
      ["company", "employer_name", "employer_domain"],
    ],
    ["name", "email", "employer_name", "employer_domain"],
  ),
};

export const companiesKind: OwnerKind = {
  table: "companies",
  column: "company",
  first: "firstCompanies",
  last: "lastCompanies",
  ...described(
    [
      ["name"],
      ["domain"],
      ["industry"],
      ["employee_count"],
      ["country", "city"],
      ["linkedin_url"],
      ["funding_total_usd"],
      ["monthly_visitors"],
    ],
    ["name", "domain"],
  ),
};

/**
 * Returns the values that describe a person, in the order of the columns. `title_company` is the company that a title belongs to:
 * the title counts only while the person has no other company.
 * @param company number of the company, if the person has one
 */
export function personValues(
  record: PersonRecord,
  company: number | null,
  employer: CompanyRecord | undefined,
): SQLInputValue[] {
  const { name, title, seniority, email, emailStatus, linkedinUrl, country, city } = record;
  const titled = title !== null || seniority !== null;
  const [employerName, employerDomain] = company === null ? [] : [employer?.name, employer?.domain];
  return [
    name,
    title,
    seniority,
    titled ? company : null,
    email,
    emailStatus,
    linkedinUrl,
    country,
    city,
    company,
    employerName ?? null,
    employerDomain ?? null,
  ];
}

/** Returns the values that describe a company, in the order of the columns. */
export function companyValues(record: CompanyRecord): SQLInputValue[] {
  const { name, domain, industry, employeeCount, country, city, linkedinUrl } = record;
  const { fundingTotalUsd, monthlyVisitors } = record;
  return [
    name,
    domain,
    industry,
    employeeCount,
    country,
    city,
    linkedinUrl,
    fundingTotalUsd,
    monthlyVisitors,
  ];
}
