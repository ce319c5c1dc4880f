import * as z from "zod/mini";
import { SettingsError } from "./settings.js";

/** `sessionhook.config.json`. Strict, so that the start fails for a key this version does not support. */
const configFile = z.strictObject(
  { $schema: z.optional(z.string("$schema must be a text")) },
  { error: (issue) => (issue.code === "invalid_type" ? "must be a JSON object" : undefined) },
);

export type ConfigFile = z.infer<typeof configFile>;

/**
 * @param name the name of the file in messages
 * @throws SettingsError if the text is not JSON or has a key this version does not know
 */
export function parseConfigFile(text: string, name: string): ConfigFile {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new SettingsError([{ name, message: "is not valid JSON" }]);
  }
  const parsed = configFile.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new SettingsError(
    parsed.error.issues.map((issue) => ({
      name,
      message:
        issue.code === "unrecognized_keys"
          ? `${issue.keys.join(", ")}: not known to this version`
          : issue.message,
    })),
  );
}
