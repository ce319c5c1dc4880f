import type { CompanyRecord, PersonRecord } from "@sessionhook/core";
import type { SQLInputValue } from "node:sqlite";

/** Differences between the tables of people and of companies. */
export interface OwnerKind {
  readonly table: "people" | "companies";
  /** Column of a session that refers to it. */
  readonly column: "person" | "company";
  readonly first: "firstPeople" | "firstCompanies";
  readonly last: "lastPeople" | "lastCompanies";
  /** Columns that its events describe, in groups: the values of a group are those of the newest event that has one of them. */
  readonly groups: readonly (readonly string[])[];
  /** Columns with the texts that a search compares. */
  readonly texts: readonly string[];
}

export const peopleKind: OwnerKind = {
  table: "people",
  column: "person",
  first: "firstPeople",
  last: "lastPeople",
  groups: [
    ["name"],
    ["title", "seniority", "title_company"],
    ["email", "email_status"],
    ["linkedin_url"],
    ["country", "city"],
    ["company", "employer_name", "employer_domain"],
  ],
  texts: ["name", "email", "employer_name", "employer_domain"],
};

export const companiesKind: OwnerKind = {
  table: "companies",
  column: "company",
  first: "firstCompanies",
  last: "lastCompanies",
  groups: [
    ["name"],
    ["domain"],
    ["industry"],
    ["employee_count"],
    ["country", "city"],
    ["linkedin_url"],
    ["funding_total_usd"],
    ["monthly_visitors"],
  ],
  texts: ["name", "domain"],
};

/** Returns the columns that the events describe, in the order of their values. */
export function describedColumns({ groups }: OwnerKind): readonly string[] {
  return groups.flat();
}

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
