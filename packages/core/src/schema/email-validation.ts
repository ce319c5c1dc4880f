import { openEnum, section, text } from "./fields.js";
import type * as z from "zod";

const emailValidationErrorSchema = section(
  "EmailValidationError",
  "Why an e-mail address could not be checked.",
  {
    code: text("Code of the error."),
    message: text("Description of the failure."),
  },
);

export const emailValidationSchema = section("EmailValidation", "Result of a check of an e-mail address.", {
  email: text("The address that was checked."),
  error: emailValidationErrorSchema
    .nullable()
    .meta({ description: "Why it could not be checked; null when it was." }),
  provider: text("Name of the provider that performed the check."),
  validity: (
    openEnum(
      ["valid", "invalid", "catch_all", "valid_catch_all"],
      "Result of the check; null when the address could not be checked.",
    ) as z.ZodType<"valid" | "invalid" | "catch_all" | "valid_catch_all" | (string & {})>
  )
    .nullable()
    .meta({
      description:
        "Result of the check; null when the address could not be checked. Known values: valid, invalid, catch_all, valid_catch_all.",
      examples: ["valid", "invalid", "catch_all", "valid_catch_all"],
    }),
});
