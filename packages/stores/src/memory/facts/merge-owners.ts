import type { CompanyRecord, DerivedRecords, PersonRecord } from "@sessionhook/core";

export interface MergedPerson {
  readonly record: PersonRecord;
  /** The texts that a search compares. */
  readonly texts: readonly (string | null | undefined)[];
}

/** Merges what events describe of one person. @param events newest first, each with the person */
export function mergePerson(events: readonly DerivedRecords[]): MergedPerson {
  const people = events.map(({ person }) => person as PersonRecord);
  const titled = people.find(({ title, seniority }) => title !== null || seniority !== null);
  const employed = events.find(({ person }) => person?.company != null);
  const company = employed?.person?.company ?? null;
  const moved = titled?.company != null && company !== null && titled.company !== company;
  const addressed = people.find(({ email, emailStatus }) => email !== null || emailStatus !== null);
  const placed = people.find(({ country, city }) => country !== null || city !== null);
  const record = {
    key: (people[0] as PersonRecord).key,
    name: first(people, "name"),
    title: moved ? null : (titled?.title ?? null),
    seniority: moved ? null : (titled?.seniority ?? null),
    email: addressed?.email ?? null,
    emailStatus: addressed?.emailStatus ?? null,
    linkedinUrl: first(people, "linkedinUrl"),
    country: placed?.country ?? null,
    city: placed?.city ?? null,
    company,
  };
  return { record, texts: [record.name, record.email, employed?.company?.name, employed?.company?.domain] };
}

/** Merges what events describe of one company. @param events newest first, each with the company */
export function mergeCompany(events: readonly DerivedRecords[]): CompanyRecord {
  const companies = events.map(({ company }) => company as CompanyRecord);
  const placed = companies.find(({ country, city }) => country !== null || city !== null);
  return {
    key: (companies[0] as CompanyRecord).key,
    name: first(companies, "name"),
    domain: first(companies, "domain"),
    industry: first(companies, "industry"),
    employeeCount: first(companies, "employeeCount"),
    country: placed?.country ?? null,
    city: placed?.city ?? null,
    linkedinUrl: first(companies, "linkedinUrl"),
    fundingTotalUsd: first(companies, "fundingTotalUsd"),
    monthlyVisitors: first(companies, "monthlyVisitors"),
  };
}

/** Returns the value of the first record that has one. */
function first<Row, Name extends keyof Row>(rows: readonly Row[], name: Name): Row[Name] | null {
  return rows.find((row) => row[name] !== null)?.[name] ?? null;
}
