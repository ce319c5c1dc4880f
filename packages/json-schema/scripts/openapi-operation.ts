import { maxCursorLength } from "@sessionhook/core/limits";
import { problems } from "./openapi-problems.ts";
import { ref } from "./openapi-parts.ts";

export const json = (description: string, schema: string) => ({
  description,
  content: { "application/json": { schema: ref(schema) } },
});

export const query = (name: string, description: string, schema: object) => ({
  name,
  in: "query",
  required: false,
  description,
  schema,
});

export const inPath = (name: string, description: string) => ({
  name,
  in: "path",
  required: true,
  description,
  schema: { type: "string" },
});

export const pageParameters = (what: string, byDefault = 50) => [
  query("limit", `Number of ${what} on a page.`, {
    type: "integer",
    minimum: 1,
    maximum: 500,
    default: byDefault,
  }),
];

/** @param note what else it needs */
export const cursorParameter = (note = "") =>
  query("cursor", `\`nextCursor\` of the page before.${note}`, {
    type: "string",
    minLength: 1,
    maxLength: maxCursorLength,
  });

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly tag: "admin" | "health";
  readonly parameters?: readonly object[];
  /** Description and schema of an optional JSON body. */
  readonly body?: readonly [description: string, schema: string];
  readonly success: object;
  /** Responses with a problem document, by name. */
  readonly failures: readonly (keyof typeof problems)[];
}

const answer = (name: string) => ({ $ref: `#/components/responses/${name}` });

/** Failures of every request to the API. */
export const api = ["BadRequest", "Unauthorized", "Misdirected", "Unavailable"] as const;
/** Failures of a request with a JSON body. */
export const apiWithBody = [
  "BadBody",
  "Unauthorized",
  "SlowBody",
  "LargeBody",
  "OtherMediaType",
  "Misdirected",
  "Busy",
] as const;

export function operation({ operationId, summary, tag, parameters, body, success, failures }: Operation) {
  const token = failures.includes("Unauthorized");
  return {
    operationId,
    summary,
    tags: [tag],
    security: token ? [{ adminToken: [] }] : [],
    ...(parameters === undefined ? {} : { parameters }),
    ...(body === undefined ? {} : { requestBody: { required: false, ...json(...body) } }),
    responses: {
      200: success,
      ...Object.fromEntries(failures.map((name) => [problems[name].status, answer(name)])),
      500: answer("500"),
    },
  };
}
