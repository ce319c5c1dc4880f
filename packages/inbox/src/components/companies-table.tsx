import type { CompanyRow } from "@sessionhook/core";
import { formatPlural } from "../format/number.js";
import { companyPath } from "../paths.js";
import { Avatar } from "./avatar.js";
import { Cell, Heads } from "./cell.js";
import { SummaryCells } from "./summary-cells.js";
import { Who } from "./who.js";

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
      <Who
        avatar={<Avatar name={shown} seed={key} kind="company" />}
        name={shown ?? "Company without a name"}
        known={shown !== null}
        to={companyPath(key)}
        line={name === null ? null : domain}
      />
      <Cell
        first={employeeCount === null ? null : formatPlural(Math.round(employeeCount), "employee")}
        second={industry}
      />
      <SummaryCells summary={company} people={people} now={now} />
    </tr>
  );
}
