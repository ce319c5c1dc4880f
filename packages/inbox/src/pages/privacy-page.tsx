import type { ErasureReport, PersonalData } from "@sessionhook/core";
import { ErasureResult } from "../components/erasure-result.js";
import { FoundData } from "../components/found-data.js";
import { Layout } from "../components/layout.js";
import { useHref } from "../components/link.js";

/** How a person is named, as in the options of `sessionhook privacy`. */
export const personFields = ["email", "linkedin", "vid", "sid"] as const;
export type PersonField = (typeof personFields)[number];

/** The values of the search form. */
export interface PersonForm {
  readonly by: PersonField;
  readonly value: string;
}

export interface PrivacyPageProps {
  readonly form: PersonForm;
  /** Why nothing was found or erased. */
  readonly problem?: string;
  readonly found?: PersonalData;
  /** The word that confirms the erasure is missing. */
  readonly unconfirmed?: boolean;
  readonly report?: ErasureReport;
}

const names: Readonly<Record<PersonField, string>> = {
  email: "E-mail address",
  linkedin: "LinkedIn profile",
  vid: "Visitor id",
  sid: "Session id",
};

/** Renders the search for the data of a person, and what was found or erased. */
export function PrivacyPage({ form, problem, found, unconfirmed = false, report }: PrivacyPageProps) {
  return (
    <Layout title={titleOf(found, report)} signedIn={true} current="/privacy">
      <div class="event-head">
        <h1>Personal data</h1>
        <p class="note">
          Everything that is stored about one person: the events that name or mention them, those of their
          visitors and sessions, and what was derived from all of these.
        </p>
      </div>
      {problem !== undefined && (
        <p class="error" id="problem" role="alert">
          {problem}
        </p>
      )}
      <SearchForm form={form} invalid={problem !== undefined} />
      {found !== undefined && <FoundData form={form} found={found} unconfirmed={unconfirmed} />}
      {report !== undefined && <ErasureResult report={report} />}
    </Layout>
  );
}

function SearchForm({
  form: { by, value },
  invalid,
}: {
  readonly form: PersonForm;
  readonly invalid: boolean;
}) {
  return (
    <form class="search" method="post" action={useHref("/privacy")}>
      <label class="visually-hidden" for="by">
        Find a person by
      </label>
      <select id="by" name="by">
        {personFields.map((field) => (
          <option value={field} selected={field === by}>
            {names[field]}
          </option>
        ))}
      </select>
      <label class="visually-hidden" for="value">
        Value
      </label>
      <input
        id="value"
        name="value"
        type="text"
        required
        maxlength={2048}
        value={value}
        placeholder="jane.doe@example.com"
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        aria-invalid={invalid ? "true" : undefined}
        aria-describedby={invalid ? "problem" : undefined}
      />
      <button class="primary" type="submit">
        Find
      </button>
    </form>
  );
}

function titleOf(found: PersonalData | undefined, report: ErasureReport | undefined): string {
  if (report !== undefined) return "Personal data erased";
  return found === undefined ? "Personal data" : "Personal data found";
}
