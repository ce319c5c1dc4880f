import type { CompanyRow } from "@sessionhook/core";
import { CompaniesTable } from "../components/companies-table.js";
import { SummaryListPage, type SummaryListPageProps, touchOf } from "./summary-list-page.js";

const kind = {
  path: "/companies",
  title: "Companies",
  one: "company",
  many: "companies",
  placeholder: "Name or domain",
  searched: "a name or a domain",
} as const;

/** Renders the list of companies. */
export function CompaniesPage(props: SummaryListPageProps<CompanyRow>) {
  return (
    <SummaryListPage kind={kind} {...props}>
      <CompaniesTable companies={props.page.rows} touch={touchOf(props.filter)} now={props.now} />
    </SummaryListPage>
  );
}
