import type { CompanyRecord, PersonRecord } from "@sessionhook/core";
import type { SQLInputValue } from "node:sqlite";

/** What the tables of people and of companies differ in. */
export interface OwnerKind {
  readonly table: "people" | "companies";
  /** Column of a session that refers to it. */
  readonly column: "person" | "company";
  readonly first: "firstPeople" | "firstCompanies";
  readonly last: "lastPeople" | "lastCompanies";
  /** Columns of what its newest event says. */
  readonly described: readonly string[];
}

export const peopleKind: OwnerKind = {
  table: "people",
  column: "person",
  first: "firstPeople",
  last: "lastPeople",
  described: [
    "name",
    "title",
    "seniority",
    "email",
    "email_status",
    "linkedin_url",
    "country",
    "city",
    "company",
  ],
};

export const companiesKind: OwnerKind = {
  table: "companies",
  column: "company",
  first: "firstCompanies",
  last: "lastCompanies",
  described: [
    "name",
    "domain",
    "industry",
    "employee_count",
    "country",
    "city",
    "linkedin_url",
    "funding_total_usd",
    "monthly_visitors",
  ],
};

/** Returns the values that describe a person, in the order of the columns. */
export function personValues(record: PersonRecord, company: number | null): SQLInputValue[] {
  const { name, title, seniority, email, emailStatus, linkedinUrl, country, city } = record;
  return [name, title, seniority, email, emailStatus, linkedinUrl, country, city, company];
}

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
