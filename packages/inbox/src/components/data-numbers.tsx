import type { PersonalData } from "@sessionhook/core";
import { formatCount } from "../format/number.js";
import { Fact } from "./fact.js";
import { VisibleText } from "./visible-text.js";

type Counts = Omit<PersonalData, "eventIds" | "peopleKeys">;

/** Renders numbers of what is stored about a person, or was erased. */
export function DataNumbers({ counts }: { readonly counts: Counts }) {
  return (
    <dl class="numbers">
      <Fact name="Events">{formatCount(counts.events)}</Fact>
      <Fact name="Sessions">{formatCount(counts.sessions)}</Fact>
      <Fact name="Page views">{formatCount(counts.pageViews)}</Fact>
      <Fact name="People">{formatCount(counts.people)}</Fact>
      <Fact name="Deliveries">{formatCount(counts.deliveries)}</Fact>
      <Fact name="Attempts">{formatCount(counts.attempts)}</Fact>
    </dl>
  );
}

/** Names the people whose data was found, which can be several who share a browser. */
export function FoundPeople({ found }: { readonly found: PersonalData }) {
  const { people, peopleKeys } = found;
  if (people < 2) return <></>;
  return (
    <>
      <p class="words">
        These people share a visitor, a session or an event. Check that all of them are meant:
      </p>
      <ul class="samples">
        {peopleKeys.map((key) => (
          <li class="code">
            <VisibleText text={key} />
          </li>
        ))}
      </ul>
      {people > peopleKeys.length && <p class="note">And {formatCount(people - peopleKeys.length)} more.</p>}
    </>
  );
}

/** Names the destinations that got data of a person. */
export function DeliveredTo({ names }: { readonly names: readonly string[] }) {
  if (names.length === 0) return <></>;
  return (
    <p class="words">
      Sent to{" "}
      {names.map((name, index) => (
        <>
          {index > 0 && ", "}
          <strong>
            <VisibleText text={name} />
          </strong>
        </>
      ))}
      . What these destinations hold has to be erased there.
    </p>
  );
}
