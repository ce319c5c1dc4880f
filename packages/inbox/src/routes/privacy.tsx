import { type PersonQuery, type PrivacyStore, StoreError } from "@sessionhook/core";
import { personQueryError } from "@sessionhook/core/privacy";
import { exportRows, type ExportTable } from "@sessionhook/core/export";
import type { WebServer } from "@sessionhook/ingest";
import type { Context, Hono, MiddlewareHandler } from "hono";
import type { Clock } from "../clock.js";
import { Link } from "../components/link.js";
import { MessagePage } from "../pages/message-page.js";
import { type PersonField, personFields, type PersonForm, PrivacyPage } from "../pages/privacy-page.js";
import { renderPage } from "../render.js";
import type { Sessions } from "../session/sessions.js";
import { guards } from "./guards.js";
import { readForm } from "./read-form.js";

export interface PrivacyParts {
  /** Undefined for a store that cannot export and erase personal data. */
  readonly privacy: PrivacyStore | undefined;
  readonly sessions: Sessions;
  readonly now: Clock;
  /** Sets the security headers of pages. */
  readonly headers: MiddlewareHandler;
  /** Called if an export breaks off. */
  readonly report: (error: unknown) => void;
}

/** A person that a form names. */
interface Person {
  readonly form: PersonForm;
  readonly query: PersonQuery;
  readonly confirmation: string;
}

/**
 * Adds the data of one person: search, export, erasure. All of them are forms that are posted, so that no address and no log
 * has the e-mail address of a person.
 */
export function addPrivacyRoutes(app: Hono, parts: PrivacyParts): void {
  const { privacy, now, report } = parts;
  const { page, form } = guards(parts);

  app.get("/privacy", ...page, (c) =>
    privacy === undefined ? notHere(c) : renderPage(c, 200, <PrivacyPage form={emptyForm} />),
  );

  const action = (work: (c: Context, store: PrivacyStore, person: Person) => Promise<Response>) => {
    return async (c: Context) => {
      if (privacy === undefined) return notHere(c);
      const person = await readPerson(c);
      const problem = personQueryError(person.query);
      if (problem !== undefined)
        return renderPage(c, 422, <PrivacyPage form={person.form} problem={problem} />);
      try {
        return await work(c, privacy, person);
      } catch (error) {
        if (!StoreError.isInstance(error)) throw error;
        return renderPage(c, 503, <PrivacyPage form={person.form} problem={error.message} />);
      }
    };
  };

  const find = action(async (c, store, { form, query }) =>
    renderPage(c, 200, <PrivacyPage form={form} found={await store.find(query)} />),
  );
  app.post("/privacy", ...form, find);

  const download = action((c, store, { query }) => {
    const { breakOff } = (c.env ?? {}) as Pick<WebServer, "breakOff">;
    const options = { now: now(), breakOff, onFailure: report };
    return exportRows(personalData, "ndjson", oneByOne(store.export(query)), options);
  });
  app.post("/privacy/export", ...form, download);

  const erase = action(async (c, store, { form, query, confirmation }) => {
    if (confirmation.toLowerCase() !== "erase")
      return renderPage(
        c,
        422,
        <PrivacyPage form={form} found={await store.find(query)} unconfirmed={true} />,
      );
    return renderPage(c, 200, <PrivacyPage form={emptyForm} report={await store.erase(query, now())} />);
  });
  app.post("/privacy/erase", ...form, erase);
}

const emptyForm: PersonForm = { by: "email", value: "" };

/** The property of a query for each field of the form. */
const properties: Readonly<Record<PersonField, keyof PersonQuery>> = {
  email: "email",
  linkedin: "linkedin",
  vid: "visitorId",
  sid: "sessionId",
};

async function readPerson(c: Context): Promise<Person> {
  const fields = await readForm(c.req.raw);
  const by = personFields.find((field) => field === fields?.get("by")) ?? "email";
  const value = (fields?.get("value") ?? "").trim();
  const query = value === "" ? {} : { [properties[by]]: value };
  return { form: { by, value }, query, confirmation: (fields?.get("confirmation") ?? "").trim() };
}

type Row = Readonly<Record<string, unknown>>;

/** The rows are of several kinds, and so have no columns for CSV. */
const personalData: ExportTable<Row> = { name: "personal-data", columns: [] };

/** Yields each row as a page: one can have the whole body of an event. */
async function* oneByOne(rows: AsyncIterable<Row>): AsyncGenerator<readonly Row[], undefined> {
  for await (const row of rows) yield [row];
}

function notHere(c: Context): Promise<Response> {
  return renderPage(
    c,
    404,
    <MessagePage title="No personal data here" signedIn={true}>
      <p>
        This store cannot export or erase the data of a person. Servers on Node, Bun and Deno with SQLite can;
        docs/privacy.md describes what to do with other stores.
      </p>
      <p class="actions">
        <Link class="button" to="/events">
          Show all events
        </Link>
      </p>
    </MessagePage>,
  );
}
