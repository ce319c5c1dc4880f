import type { PersonRow } from "@sessionhook/core";
import { PeopleTable } from "../components/people-table.js";
import { SummaryListPage, type SummaryListPageProps, touchOf } from "./summary-list-page.js";

const kind = {
  path: "/people",
  title: "People",
  one: "person",
  many: "people",
  placeholder: "Name, e-mail, company or domain",
  searched: "a name, an e-mail address, a company or a domain; or a LinkedIn profile",
} as const;

/** Renders the list of identified people. */
export function PeoplePage(props: SummaryListPageProps<PersonRow>) {
  const { page, now, filter } = props;
  const row = filter.company === undefined ? undefined : page.rows[0];
  return (
    <SummaryListPage kind={kind} {...props} companyName={row?.companyName ?? row?.companyDomain}>
      <PeopleTable people={page.rows} touch={touchOf(filter)} now={now} />
    </SummaryListPage>
  );
}
