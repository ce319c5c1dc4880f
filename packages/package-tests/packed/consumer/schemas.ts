import { identitySessionFinalizedSchema, personSchema } from "@sessionhook/core/schemas";

// Their declarations name types of zod and of core.
export const person = personSchema.nullable();
export const event = identitySessionFinalizedSchema.partial();
