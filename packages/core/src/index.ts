export * from "./lean.js";
export {
  companySchema,
  emailValidationSchema,
  eventSchemas,
  identityEnrichedSchema,
  identityQualifiedSchema,
  identityResolvedSchema,
  identitySessionFinalizedSchema,
  identityValidatedSchema,
  personSchema,
  toJsonSchema,
} from "./schema/schemas.js";
