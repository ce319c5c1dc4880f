import * as z from "zod/mini";
import { mapProblems } from "./map-problems.js";

/**
 * The body of the request: `raw`, the exact bytes received; `flat`, a JSON object of the facts; or `{ map }`, your own
 * object, in which a fact replaces `{{person.email}}`.
 */
export type BodyConfig = "raw" | "flat" | { readonly map: Readonly<Record<string, unknown>> };

const map = z.record(z.string(), z.unknown(), "must be an object").check((context) => {
  for (const { path, message } of mapProblems(context.value))
    context.issues.push({ code: "custom", path: [...path], message, input: undefined, continue: true });
});

export const bodySchema: z.ZodMiniType<BodyConfig> = z.union(
  [z.literal("raw"), z.literal("flat"), z.strictObject({ map })],
  'must be "raw", "flat" or { "map": { … } }',
);
