import type { PersonRow } from "@sessionhook/core";
import { personPath } from "../paths.js";
import { Avatar } from "./avatar.js";
import { Cell, Heads } from "./cell.js";
import { SummaryCells } from "./summary-cells.js";
import { Who } from "./who.js";

interface PeopleTableProps {
  readonly people: readonly PersonRow[];
  /** The touch that the rows show. */
  readonly touch: "first" | "last";
  readonly now: number;
}

/** Renders people as a table, and as cards on a narrow screen. */
export function PeopleTable({ people, touch, now }: PeopleTableProps) {
  return (
    <table class="visits people" role="table" aria-label="People, last visit first">
      <Heads
        names={[
          "Person",
          "Company",
          "Visits",
          touch === "first" ? "First touch" : "Last touch",
          "Last visit",
        ]}
      />
      <tbody role="rowgroup">
        {people.map((person) => (
          <Row person={person} touch={touch} now={now} />
        ))}
      </tbody>
    </table>
  );
}

interface RowProps {
  readonly person: PersonRow;
  readonly touch: "first" | "last";
  readonly now: number;
}

function Row({ person, touch, now }: RowProps) {
  const { key, name, title, email, companyName, companyDomain } = person;
  const shown = name ?? email;
  return (
    <tr role="row">
      <Who
        avatar={<Avatar name={shown} seed={key} />}
        name={shown ?? "Person without a name"}
        known={shown !== null}
        to={personPath(key)}
        line={title ?? (name === null ? null : email)}
      />
      <Cell first={companyName ?? companyDomain} second={companyName === null ? null : companyDomain} />
      <SummaryCells summary={person} touch={touch} now={now} />
    </tr>
  );
}
