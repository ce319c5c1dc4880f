import * as z from "zod";
import { integer, text } from "./fields.js";

/** Descriptions of the fields outside `data`, by field name. */
const fields = {
  id: text(
    "Identifier of the event; equals the webhook-id header. Absent in older envelopes: use the header.",
  ),
  created: integer(
    "Time when the event was created, Unix milliseconds. Absent in older envelopes: use timestamp.",
  ),
  timestamp: z.string().meta({
    description:
      "Time when the event was created, ISO 8601. Only in older envelopes, instead of id and created.",
    examples: ["2025-02-14T22:25:08.123Z"],
  }),
};

/** Required if there is no `timestamp`; an older envelope has that instead. */
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
      data: data.meta({ description: "The content of the event." }),
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
      // Also runs if other fields do not fit, so that all issues are reported at once.
      { when: ({ value }) => typeof value === "object" && value !== null },
    )
    .meta({
      id: name,
      title: name,
      description,
      // The refinement above as JSON Schema. Generators would give a union two type names.
      if: present({ timestamp: "There in older envelopes only." }),
      else: present({
        id: "Required where there is no timestamp.",
        created: "Required where there is no timestamp.",
      }),
    });
}

/** These fields exist above. They are repeated here because strict validators and linters require it. */
function present(described: Readonly<Record<string, string>>) {
  const properties = Object.entries(described).map(([name, description]) => [name, { description }]);
  return { properties: Object.fromEntries(properties), required: Object.keys(described) };
}
