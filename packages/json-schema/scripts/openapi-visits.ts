import { attributionKeys } from "@sessionhook/core";
import { maxTouchLength } from "@sessionhook/core/limits";
import { api, cursorParameter, inPath, json, operation, pageParameters, query } from "./openapi-operation.ts";

const failures = ["NotFound", ...api] as const;
export const time = (name: string, description: string) =>
  query(name, `${description}, Unix milliseconds.`, {
    type: "integer",
    minimum: 0,
    maximum: 999_999_999_999_999,
  });
export const key = (name: string, description: string) =>
  query(name, description, { type: "string", minLength: 1, maxLength: 2048 });
const origin = (name: string, description: string) =>
  query(name, `${description}; empty: only those without one.`, {
    type: "string",
    maxLength: maxTouchLength,
  });
const employees = (name: string, description: string) =>
  query(name, description, { type: "integer", minimum: 0, maximum: 999_999_999 });

/** The parameter for links, which cannot send `Accept`. */
export const format = query("format", "The form of the answer, instead of the `Accept` header.", {
  type: "string",
  enum: ["json", "csv", "ndjson"],
});

/** A success that is also available as an export of the whole selection. */
export const jsonOrExport = (description: string, schema: string) => {
  const { content } = json(description, schema);
  const text = { schema: { type: "string" } };
  return { description, content: { ...content, "text/csv": text, "application/x-ndjson": text } };
};

/** @param what what the time is that `from` and `to` compare */
const visitParameters = (what: string) => [
  query(
    "q",
    "Beginnings of words of a name, an e-mail address, a company or a domain, or the beginning of an id.",
    {
      type: "string",
      maxLength: 256,
    },
  ),
  time("from", `Only those ${what} at this time or later`),
  time("to", `Only those ${what} before this time`),
  origin("source", "Only from this source"),
  origin("medium", "Only from this medium"),
  origin("campaign", "Only from this campaign"),
  origin("landingPage", "Only with this path of the first page"),
  origin("referrer", "Only with this domain of the referrer"),
  origin("country", "Only from this country, ISO 3166-1 alpha-2"),
];
const companySize = [
  employees("employeesFrom", "Only companies with at least this number of employees."),
  employees("employeesTo", "Only companies with fewer employees."),
];

const summaries = "whose last session began";

/** Sessions, people, companies and attribution in the admin API, by path and method. */
export const visitPaths = {
  "/api/sessions": {
    get: operation({
      operationId: "listSessions",
      summary: "List the sessions page by page, newest first; or export all of them.",
      tag: "admin",
      parameters: [
        ...visitParameters("that began"),
        query("identified", "Only with, or only without, an identified person.", { type: "boolean" }),
        ...companySize,
        query("bots", "Without sessions of bots, or only those; both if it is absent.", {
          type: "string",
          enum: ["without", "only"],
        }),
        key("person", "Only of the person with this key."),
        key("company", "Only of the company with this key."),
        key("visitorId", "Only of the visitor with this id."),
        ...pageParameters("sessions"),
        cursorParameter(),
        format,
      ],
      success: jsonOrExport("A page of sessions, or all of them as an export.", "SessionPage"),
      failures,
    }),
  },
  "/api/sessions/{id}": {
    parameters: [inPath("id", "Id of the session.")],
    get: operation({
      operationId: "getSession",
      summary: "Get a session with its pages and the deliveries of its event.",
      tag: "admin",
      success: json("The session.", "SessionDetail"),
      failures,
    }),
  },
  "/api/people": {
    get: operation({
      operationId: "listPeople",
      summary:
        "List the identified people page by page, those with the newest session first; or export all of them.",
      tag: "admin",
      parameters: [
        ...visitParameters(summaries),
        key("company", "Only of the company with this key."),
        ...companySize,
        ...pageParameters("people"),
        cursorParameter(),
        format,
      ],
      success: jsonOrExport("A page of people, or all of them as an export.", "PersonPage"),
      failures,
    }),
  },
  "/api/people/{key}": {
    parameters: [inPath("key", "Key of the person.")],
    get: operation({
      operationId: "getPerson",
      summary: "Get a person.",
      tag: "admin",
      success: json("The person.", "PersonRow"),
      failures,
    }),
  },
  "/api/companies": {
    get: operation({
      operationId: "listCompanies",
      summary: "List the companies page by page, those with the newest session first; or export all of them.",
      tag: "admin",
      parameters: [
        ...visitParameters(summaries),
        key("company", "Only the company with this key."),
        ...companySize,
        ...pageParameters("companies"),
        cursorParameter(),
        format,
      ],
      success: jsonOrExport("A page of companies, or all of them as an export.", "CompanyPage"),
      failures,
    }),
  },
  "/api/companies/{key}": {
    parameters: [inPath("key", "Key of the company.")],
    get: operation({
      operationId: "getCompany",
      summary: "Get a company.",
      tag: "admin",
      success: json("The company.", "CompanyRow"),
      failures,
    }),
  },
  "/api/attribution": {
    get: operation({
      operationId: "getAttribution",
      summary: "Count sessions, identified people and companies by where they came from.",
      tag: "admin",
      parameters: [
        query("model", "People and companies count for the origin of their first or last session.", {
          type: "string",
          enum: ["first", "last"],
          default: "first",
        }),
        query("by", "The part of the origin to count by.", {
          type: "string",
          enum: attributionKeys,
          default: "source",
        }),
        time("from", "Only sessions that began at this time or later"),
        time("to", "Only sessions that began before this time"),
        ...pageParameters("values"),
        format,
      ],
      success: jsonOrExport("The counts.", "AttributionTable"),
      failures,
    }),
  },
};
