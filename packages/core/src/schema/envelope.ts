import * as z from "zod";
import { integer, section, text } from "./fields.js";

/** The outer object of every event. */
export function envelope<const Type extends string, Data extends z.ZodType>(
  type: Type,
  name: string,
  description: string,
  data: Data,
) {
  return section(name, description, {
    id: text("Identifier of the event; equals the webhook-id header."),
    type: z.literal(type).meta({ description: "Event type." }),
    created: integer("When the event was made, Unix milliseconds."),
    data: data.meta({ description: "What happened." }),
  });
}
