import type { PersonalData } from "@sessionhook/core";
import { formatCount, formatPlural } from "../format/number.js";
import type { PersonForm } from "../pages/privacy-page.js";
import { eventPath } from "../paths.js";
import { DataNumbers, DeliveredTo, FoundPeople } from "./data-numbers.js";
import { Link, useHref } from "./link.js";
import { PostButton } from "./post-button.js";
import { VisibleText } from "./visible-text.js";

const listed = 20;

interface FoundDataProps {
  readonly form: PersonForm;
  readonly found: PersonalData;
  readonly unconfirmed: boolean;
}

/** Renders what is stored about a person, with the forms that export and erase it. */
export function FoundData({ form, found, unconfirmed }: FoundDataProps) {
  const { eventIds, events } = found;
  const fields = { by: form.by, value: form.value };
  return (
    <>
      <section class="panel" aria-labelledby="found">
        <h2 id="found">
          {events === 0 ? "Nothing is stored about this person" : "Stored about this person"}
        </h2>
        {events === 0 ? (
          <p class="note">No event names or mentions them.</p>
        ) : (
          <>
            <DataNumbers counts={found} />
            <FoundPeople found={found} />
            <DeliveredTo names={found.deliveredTo} />
            <ul class="samples">
              {eventIds.slice(0, listed).map((id) => (
                <li>
                  <Link class="code" to={eventPath({ id, version: 1 })}>
                    <VisibleText text={id} />
                  </Link>
                </li>
              ))}
            </ul>
            {eventIds.length > listed && (
              <p class="note">
                And {formatCount(eventIds.length - listed)} more; the export has all of them.
              </p>
            )}
            <div class="actions">
              <PostButton to="/privacy/export" label="Download as NDJSON" fields={fields} />
            </div>
          </>
        )}
      </section>
      <EraseForm fields={fields} events={events} unconfirmed={unconfirmed} />
    </>
  );
}

interface EraseFormProps {
  readonly fields: Readonly<Record<string, string>>;
  readonly events: number;
  readonly unconfirmed: boolean;
}

function EraseForm({ fields, events, unconfirmed }: EraseFormProps) {
  return (
    <section class="panel" aria-labelledby="erase">
      <h2 id="erase">Erase</h2>
      <p class="words">
        {events === 0
          ? "If an earlier erasure was interrupted, this completes it: the database is rewritten without what was removed."
          : "Removes the events and everything derived from them, and cancels their deliveries. Message ids remain, so that a duplicate is not stored. Only a backup can bring it back."}
      </p>
      <form class="search" method="post" action={useHref("/privacy/erase")}>
        {Object.entries(fields).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <label for="confirmation">
          Type <code>erase</code> to confirm
        </label>
        <input
          id="confirmation"
          name="confirmation"
          type="text"
          required
          pattern="\s*[Ee][Rr][Aa][Ss][Ee]\s*"
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          aria-invalid={unconfirmed ? "true" : undefined}
        />
        <button class="danger" type="submit">
          {events === 0 ? "Complete erasure" : `Erase ${formatPlural(events, "event")}`}
        </button>
      </form>
    </section>
  );
}
