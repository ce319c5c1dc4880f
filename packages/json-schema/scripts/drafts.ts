/** The two published drafts and their differences. */
export const drafts = {
  "2020-12": { target: "draft-2020-12", keyword: "$defs", folder: "" },
  "draft-07": { target: "draft-07", keyword: "definitions", folder: "draft-07/" },
} as const;

export type Draft = keyof typeof drafts;

/** Base URL of the schema identifiers, which do not change as long as the payload is compatible. */
export const base = "https://sessionhook.dev/schemas/v1/";

export const schemaFile = (draft: Draft, type: string) => `${drafts[draft].folder}${type}.schema.json`;
export const schemaId = (draft: Draft, type: string) => `${base}${schemaFile(draft, type)}`;
