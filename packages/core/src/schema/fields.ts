import * as z from "zod";
import type { OpenEnum } from "./open-enum.js";

/**
 * Building blocks of the schema files. Presence and nullability follow the provider's reference:
 * `x` is required, `xOrNull` required and nullable, `maybeX` optional and nullable.
 */

export const text = (description: string) => z.string().meta({ description });
export const textOrNull = (description: string) => z.string().nullable().meta({ description });
export const maybeText = (description: string) => z.string().nullish().meta({ description });

export const number = (description: string) => z.number().meta({ description });
export const numberOrNull = (description: string) => z.number().nullable().meta({ description });
export const maybeNumber = (description: string) => z.number().nullish().meta({ description });

export const flagOrNull = (description: string) => z.boolean().nullable().meta({ description });

/** An integer of any size. zod's own integer rejects values beyond 2^53; a receiver must not. */
export const integer = (description: string) =>
  z.number().refine(Number.isInteger).meta({ description, type: "integer" });

export const textList = (description: string) => z.array(z.string()).meta({ description });
export const maybeTextList = (description: string) => z.array(z.string()).optional().meta({ description });

/** Formats are annotations: an unusual address is shown as received and never quarantines an event. */
export const uri = (description: string) => z.string().meta({ description, format: "uri" });
export const maybeUri = (description: string) => z.string().nullish().meta({ description, format: "uri" });
export const maybeEmail = (description: string) =>
  z.string().nullish().meta({ description, format: "email" });

export function openEnum<const Known extends string>(known: readonly Known[], description: string) {
  const meta = { description: `${description} Known values: ${known.join(", ")}.`, examples: [...known] };
  return z.string().meta(meta) as unknown as z.ZodType<OpenEnum<Known>, OpenEnum<Known>>;
}

/** A free-form object with fields that the customer's site defines. */
const freeForm = () => z.looseObject({});
export const freeFormOrNull = (description: string) => freeForm().nullable().meta({ description });
export const maybeFreeForm = (description: string) => freeForm().optional().meta({ description });

/** A named object. Unknown fields are preserved and have the type unknown. */
export function section<Shape extends z.core.$ZodLooseShape>(id: string, description: string, shape: Shape) {
  return z.looseObject(shape).meta({ id, title: id, description });
}
