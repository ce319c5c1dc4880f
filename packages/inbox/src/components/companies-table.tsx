import type { CompanyRow } from "@sessionhook/core";
import { formatCount, formatPlural } from "../format/number.js";
import { companyPath } from "../paths.js";
import { Avatar } from "./avatar.js";
import { Link } from "./link.js";
import { Absent } from "./session-table.js";
import { Short } from "./short.js";
import { Heads, SummaryCells } from "./summary-cells.js";

interface CompaniesTableProps {
  readonly companies: readonly CompanyRow[];
  readonly now: number;
}

/** Renders companies as a table, and as cards on a narrow screen. */
export function CompaniesTable({ companies, now }: CompaniesTableProps) {
  return (
    <table class="visits companies" role="table" aria-label="Companies, last visit first">
      <Heads names={["Company", "Size", "Visits", "First touch", "Last visit"]} />
      <tbody role="rowgroup">
        {companies.map((company) => (
          <Row company={company} now={now} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ company, now }: { readonly company: CompanyRow; readonly now: number }) {
  const { key, name, domain, employeeCount, industry, people } = company;
  const shown = name ?? domain;
  return (
    <tr role="row">
      <td role="cell" class="column-company">
        <span class="who">
          <Avatar name={shown} seed={key} kind="company" />
          <span class="who-text">
            <Link class={`row-link${shown === null ? " unnamed" : ""}`} to={companyPath(key)}>
              <Short text={shown ?? "Company without a name"} />
            </Link>
            <span class="second">
              {domain !== null && name !== null && <Short text={domain} />}
              {people > 0 && (
                <span class="medium">{formatPlural(people, "known person", "known people")}</span>
              )}
            </span>
          </span>
        </span>
      </td>
      <td role="cell" class={`column-size${employeeCount === null && industry === null ? " none" : ""}`}>
        {employeeCount === null && industry === null ? <Absent /> : null}
        {employeeCount !== null && (
          <span class="first">{formatCount(Math.round(employeeCount))} employees</span>
        )}
        {industry !== null && (
          <span class="second">
            <Short text={industry} />
          </span>
        )}
      </td>
      <SummaryCells summary={company} now={now} />
    </tr>
  );
}
