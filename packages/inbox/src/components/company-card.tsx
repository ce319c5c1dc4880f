import type { CompanyRow } from "@sessionhook/core";
import type { Facts } from "@sessionhook/core/facts";
import { countryName } from "../format/names.js";
import { formatChange, formatCompact, formatCount, formatDollars, formatPlural } from "../format/number.js";
import { companyPath } from "../paths.js";
import { Avatar } from "./avatar.js";
import { type Detail, Details, joined } from "./details.js";
import { Link } from "./link.js";
import { OutsideLink } from "./outside-link.js";
import { cut } from "./short.js";
import { VisibleText } from "./visible-text.js";

interface CompanyCardProps {
  readonly company: CompanyRow;
  readonly facts: Facts | undefined;
}

/** Renders a company: size, money, traffic, visits. */
export function CompanyCard({ company, facts }: CompanyCardProps) {
  const { key, name, domain } = company;
  return (
    <section class="panel who-card" aria-labelledby="company">
      <div class="card-head">
        <Avatar name={name ?? domain} seed={key} kind="company" />
        <div>
          <h2 id="company">
            <Link to={companyPath(key)}>
              <VisibleText text={cut(name ?? domain ?? "Company without a name", 160)} />
            </Link>
          </h2>
          {domain !== null && name !== null && (
            <p class="note">
              <VisibleText text={cut(domain, 160)} />
            </p>
          )}
        </div>
      </div>
      <Details
        items={[
          ...firmOf(company, facts),
          [
            "Visits",
            `${formatPlural(company.sessions, "session")} of ${formatPlural(company.people, "known person", "known people")}`,
          ],
        ]}
      />
    </section>
  );
}

/** Returns size, money and traffic of a company. The newest event may know more than the derived row. */
export function firmOf(company: CompanyRow, facts: Facts | undefined): readonly Detail[] {
  const { industry, employeeCount, country, city, linkedinUrl, fundingTotalUsd, monthlyVisitors } = company;
  const change = (percent: number | undefined, per: string) =>
    percent === undefined ? "" : `, ${formatChange(percent)} ${per}`;
  const round = facts?.companyFundingLastRoundType;
  return [
    ["Industry", industry ?? undefined],
    [
      "Employees",
      employeeCount === null
        ? undefined
        : `${formatCount(Math.round(employeeCount))}${change(facts?.companyHeadcountGrowthYoy, "in a year")}`,
    ],
    [
      "Funding",
      fundingTotalUsd === null
        ? undefined
        : `${formatDollars(fundingTotalUsd)}${round === undefined ? "" : `, last ${round}`}`,
    ],
    [
      "Website visitors",
      monthlyVisitors === null
        ? undefined
        : `${formatCompact(monthlyVisitors)} a month${change(facts?.companyTrafficGrowthMom, "in a month")}`,
    ],
    ["Founded", facts?.companyFoundedYear === undefined ? undefined : String(facts.companyFoundedYear)],
    ["Headquarters", joined([city, country === null ? null : countryName(country)])],
    [
      "LinkedIn",
      linkedinUrl === null ? undefined : <OutsideLink url={linkedinUrl} text={nameOf(linkedinUrl)} />,
    ],
  ];
}

function nameOf(url: string): string {
  return /\/company\/([^/?#]+)/.exec(url)?.[1] ?? url.replace(/^https?:\/\/(www\.)?/i, "");
}
