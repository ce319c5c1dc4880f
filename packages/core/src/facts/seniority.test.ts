import { expect, it } from "vitest";
import { seniorityOf } from "./seniority.js";

it.each([
  ["Co-Founder & CEO", "founder"],
  ["Owner", "founder"],
  ["Business Owner", "founder"],
  ["Mitgründerin", "founder"],
  ["Product Owner", undefined],
  ["Senior Product Owner", "senior"],
  ["Lead Generation Specialist", undefined],
  ["Abteilungsleiter", "director"],
  ["Teamleiterin", "manager"],
  ["CTO", "c_level"],
  ["Chief Revenue Officer", "c_level"],
  ["President", "c_level"],
  ["Vice President, Sales", "vp"],
  ["SVP Engineering", "vp"],
  ["Director of Operations", "director"],
  ["Head of Growth", "director"],
  ["Engineering Manager", "manager"],
  ["Creative Lead", "manager"],
  ["Principal Engineer", "senior"],
  ["Sr. Accountant", "senior"],
  ["Marketing Intern", "entry"],
  ["Assistant to the CEO", "entry"],
  ["Accountant", undefined],
  ["Cooper", undefined],
  ["", undefined],
  [undefined, undefined],
])("guesses %j as %s", (title, seniority) => {
  expect(seniorityOf(title)).toBe(seniority);
});
