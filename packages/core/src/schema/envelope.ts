import * as z from "zod";
import { integer, text } from "./fields.js";

/** What stands outside `data`, by the name of the field. */
const fields = {
  id: text(
    "Identifier of the event; equals the webhook-id header. Absent in older envelopes: take the header.",
  ),
  created: integer("When the event was made, Unix milliseconds. Absent in older envelopes: take timestamp."),
  timestamp: z.string().meta({
    description:
      "When the event was made, ISO 8601. In older envelopes only, where it stands in place of id and created.",
    examples: ["2025-02-14T22:25:08.123Z"],
  }),
};

/** Needed where there is no `timestamp`; an older envelope has that instead. */
const newer = ["id", "created"] as const;
const expected = { id: "string", created: "number" } as const;

/**
 * The outer object of every event. Older envelopes carry `timestamp` in place of `id` and `created`; both
 * are accepted. See docs/decisions/0020-older-envelopes.md.
 */
export function envelope<const Type extends string, Data extends z.ZodType>(
  type: Type,
  name: string,
  description: string,
  data: Data,
) {
  const { id, created, timestamp } = fields;
  return z
    .looseObject({
      id: id.optional(),
      type: z.literal(type).meta({ description: "Event type." }),
      created: created.optional(),
      timestamp: timestamp.optional(),
      data: data.meta({ description: "What happened." }),
    })
    .superRefine(
      (event: Readonly<Record<string, unknown>>, context) => {
        if (event["timestamp"] !== undefined) return;
        for (const field of newer.filter((field) => event[field] === undefined))
          context.addIssue({
            code: "invalid_type",
            expected: expected[field],
            path: [field],
            input: undefined,
          });
      },
      // Also where something else does not fit: all misfits are told at once.
      { when: ({ value }) => typeof value === "object" && value !== null },
    )
    .meta({
      id: name,
      title: name,
      description,
      // What the refinement above says, for JSON Schema. A union would get two type names from generators.
      if: present({ timestamp: "There in older envelopes only." }),
      else: present({
        id: "Required where there is no timestamp.",
        created: "Required where there is no timestamp.",
      }),
    });
}

/** These fields are there. They are described once more because strict validators and linters ask for it. */
function present(described: Readonly<Record<string, string>>) {
  const properties = Object.entries(described).map(([name, description]) => [name, { description }]);
  return { properties: Object.fromEntries(properties), required: Object.keys(described) };
}
