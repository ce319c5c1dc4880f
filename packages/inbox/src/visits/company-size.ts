/** Ranges of employees, by their value in an address: from and to, both inclusive. */
export const companySizes = {
  "1-10": { name: "1–10 employees", from: 1, to: 10 },
  "11-50": { name: "11–50 employees", from: 11, to: 50 },
  "51-200": { name: "51–200 employees", from: 51, to: 200 },
  "201-1000": { name: "201–1,000 employees", from: 201, to: 1000 },
  "1001-5000": { name: "1,001–5,000 employees", from: 1001, to: 5000 },
  "5001-": { name: "Over 5,000 employees", from: 5001, to: undefined },
} as const;

export type CompanySize = keyof typeof companySizes;
export const sizeNames = Object.keys(companySizes) as readonly CompanySize[];

/** Returns the filter of a store: from inclusive, to exclusive. Numbers of employees can have fractions. */
export function employeesOf(size: CompanySize | undefined): {
  employeesFrom?: number | undefined;
  employeesTo?: number | undefined;
} {
  if (size === undefined) return {};
  const { from, to } = companySizes[size];
  return { employeesFrom: from, employeesTo: to === undefined ? undefined : to + 1 };
}
