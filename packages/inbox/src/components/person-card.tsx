import type { PersonRow, SessionRow } from "@sessionhook/core";
import type { Facts } from "@sessionhook/core/facts";
import { countryName } from "../format/names.js";
import { formatPlural } from "../format/number.js";
import { companyPath, personPath } from "../paths.js";
import { CopyButton } from "./copy-button.js";
import { linkedinName } from "../visits/address.js";
import { Details, joined } from "./details.js";
import { Link } from "./link.js";
import { Moment } from "./moment.js";
import { OutsideLink } from "./outside-link.js";
import { cut } from "./short.js";
import { VisibleText } from "./visible-text.js";

const judgements: Readonly<Record<string, string>> = {
  valid: "deliverable",
  risky: "risky",
  unknown: "not checked",
  invalid: "invalid",
};

/** Renders who a person is: position, ways to reach them, visits. */
export function PersonCard({ person, now }: { readonly person: PersonRow; readonly now: number }) {
  const { key, title, company } = person;
  const companyName = person.companyName ?? person.companyDomain;
  return (
    <section class="panel who-card" aria-labelledby="person">
      <div class="panel-head">
        <h2 id="person">Person</h2>
        <Link to={personPath(key)}>Profile</Link>
      </div>
      <Details
        items={[
          ["Title", title ?? undefined],
          [
            "Company",
            companyName === null ? undefined : <CompanyLink company={company} name={companyName} />,
          ],
          ...contactOf(person),
          [
            "Visits",
            <>
              {formatPlural(person.sessions, "session")}, {formatPlural(person.pages, "page")}; first{" "}
              <Moment at={person.firstAt} now={now} form="relative" />
            </>,
          ],
        ]}
      />
    </section>
  );
}

/** Returns how to reach a person, and where they are. */
export function contactOf(person: PersonRow, facts?: Facts) {
  const { email, emailStatus, linkedinUrl, country, city, seniority } = person;
  return [
    [
      "E-mail",
      email === null ? undefined : (
        <span class="with-copy">
          <span>
            <VisibleText text={cut(email, 200)} />
            {emailStatus !== null && (
              <span class="note">
                {" "}
                <VisibleText text={judgements[emailStatus] ?? emailStatus} />
              </span>
            )}
          </span>
          <CopyButton what="e-mail address" text={email} />
        </span>
      ),
    ],
    [
      "LinkedIn",
      linkedinUrl === null ? undefined : <OutsideLink url={linkedinUrl} text={linkedinName(linkedinUrl)} />,
    ],
    ["Seniority", seniority === null ? undefined : seniority.replaceAll("_", "-")],
    ["Location", joined([city, country === null ? null : countryName(country)])],
    ["Phone", facts?.personPhones?.slice(0, 3).join(", ")],
  ] as const;
}

export function CompanyLink({
  company,
  name,
}: {
  readonly company: SessionRow["company"];
  readonly name: string;
}) {
  const text = <VisibleText text={cut(name, 160)} />;
  return company === null ? <span>{text}</span> : <Link to={companyPath(company)}>{text}</Link>;
}
