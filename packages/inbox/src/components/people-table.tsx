import type { PersonRow } from "@sessionhook/core";
import { personPath } from "../paths.js";
import { Avatar } from "./avatar.js";
import { Link } from "./link.js";
import { Absent } from "./session-table.js";
import { Short } from "./short.js";
import { Heads, SummaryCells } from "./summary-cells.js";

interface PeopleTableProps {
  readonly people: readonly PersonRow[];
  readonly now: number;
}

/** Renders people as a table, and as cards on a narrow screen. */
export function PeopleTable({ people, now }: PeopleTableProps) {
  return (
    <table class="visits people" role="table" aria-label="People, last visit first">
      <Heads names={["Person", "Company", "Visits", "First touch", "Last visit"]} />
      <tbody role="rowgroup">
        {people.map((person) => (
          <Row person={person} now={now} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ person, now }: { readonly person: PersonRow; readonly now: number }) {
  const { key, name, title, email, companyName, companyDomain } = person;
  const shown = name ?? email;
  const second = title ?? (name === null ? null : email);
  const company = companyName ?? companyDomain;
  return (
    <tr role="row">
      <td role="cell" class="column-person">
        <span class="who">
          <Avatar name={shown} seed={key} />
          <span class="who-text">
            <Link class={`row-link${shown === null ? " unnamed" : ""}`} to={personPath(key)}>
              <Short text={shown ?? "Person without a name"} />
            </Link>
            {second !== null && (
              <span class="second">
                <Short text={second} />
              </span>
            )}
          </span>
        </span>
      </td>
      <td role="cell" class={`column-company${company === null ? " none" : ""}`}>
        {company === null ? <Absent /> : null}
        {company !== null && (
          <span class="first">
            <Short text={company} />
          </span>
        )}
        {companyName !== null && companyDomain !== null && (
          <span class="second">
            <Short text={companyDomain} />
          </span>
        )}
      </td>
      <SummaryCells summary={person} now={now} />
    </tr>
  );
}
