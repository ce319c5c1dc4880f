import type { CompanyRow } from "@sessionhook/core";
import { formatPlural } from "../format/number.js";
import { companyPath } from "../paths.js";
import { Avatar } from "./avatar.js";
import { Cell, Heads } from "./cell.js";
import { SummaryCells } from "./summary-cells.js";
import { Who } from "./who.js";

interface CompaniesTableProps {
  readonly companies: readonly CompanyRow[];
  /** The touch that the rows show. */
  readonly touch: "first" | "last";
  readonly now: number;
}

/** Renders companies as a table, and as cards on a narrow screen. */
export function CompaniesTable({ companies, touch, now }: CompaniesTableProps) {
  return (
    <table class="visits companies" role="table" aria-label="Companies, last visit first">
      <Heads
        names={["Company", "Size", "Visits", touch === "first" ? "First touch" : "Last touch", "Last visit"]}
      />
      <tbody role="rowgroup">
        {companies.map((company) => (
          <Row company={company} touch={touch} now={now} />
        ))}
      </tbody>
    </table>
  );
}

interface RowProps {
  readonly company: CompanyRow;
  readonly touch: "first" | "last";
  readonly now: number;
}

function Row({ company, touch, now }: RowProps) {
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
      <SummaryCells summary={company} people={people} touch={touch} now={now} />
    </tr>
  );
}
