import { type EventType, eventTypes } from "@sessionhook/core";
import { payloads } from "@sessionhook/fixtures";
import {
  allDefinitions,
  definitionName,
  type Definitions,
  definitionsKeyword,
  type Draft,
  referenced,
} from "./definitions.ts";
import type { Schema } from "./schema.ts";

/** Stable: a change that is not backward compatible gets a new folder. See docs/schema-versioning.md. */
const base = "https://sessionhook.dev/schemas/v1/";

const dialect = {
  "draft-2020-12": "https://json-schema.org/draft/2020-12/schema",
  "draft-07": "http://json-schema.org/draft-07/schema#",
} as const;

const folder = { "draft-2020-12": "", "draft-07": "draft-07/" } as const;

export interface SchemaFile {
  /** Path in the package. */
  readonly file: string;
  readonly draft: Draft;
  /** The event type, or null for the union of all. */
  readonly type: EventType | null;
  readonly schema: Schema;
}

/** The published schemas: one an event type and the union, in both drafts. */
export function schemaFiles(): SchemaFile[] {
  return (["draft-2020-12", "draft-07"] as const).flatMap((draft) => {
    const all = allDefinitions(draft);
    return [
      ...eventTypes.map((type) => ({
        file: `${folder[draft]}${type}.schema.json`,
        draft,
        type,
        schema: document(draft, type, eventSchema(all, type), all),
      })),
      {
        file: `${folder[draft]}events.schema.json`,
        draft,
        type: null,
        schema: document(draft, "events", unionSchema(draft), all),
      },
    ];
  });
}

function eventSchema(all: Definitions, type: EventType): Schema {
  const { title, description, ...rest } = all[definitionName(type)] as Schema;
  return { title, description, ...rest, examples: [payloads.full(type)] } as Schema;
}

/** Every event type has its own constant in `type`, so exactly one branch can fit. */
function unionSchema(draft: Draft): Schema {
  return {
    title: "Event",
    description: "An event of any type this version knows, told apart by its type.",
    oneOf: eventTypes.map((type) => ({ $ref: `#/${definitionsKeyword[draft]}/${definitionName(type)}` })),
    examples: eventTypes.map((type) => payloads.minimal(type)),
  };
}

function document(draft: Draft, name: string, schema: Schema, all: Definitions): Schema {
  return {
    $schema: dialect[draft],
    $id: `${base}${folder[draft]}${name}.schema.json`,
    ...schema,
    [definitionsKeyword[draft]]: referenced(schema, all),
  };
}
