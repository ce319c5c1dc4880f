import { configFileError } from "./config-error.js";
import { parseJsonConfig } from "./json-config.js";
import { findingsOf } from "./messages.js";
import { fileSchema } from "./schema.js";
import { isPlainObject } from "./references.js";

/**
 * Checks the text of a configuration file on a runtime that delivers nothing yet: its destinations would get no events.
 * @throws ConfigFileError if the text is not JSON, has unknown keys, or asks for something that this runtime does not do
 */
export function checkConfigWithoutDelivery(text: string, file: string): void {
  const { value, source } = parseJsonConfig(text, file);
  const { error } = fileSchema.safeParse(isPlainObject(value) ? value : undefined);
  const findings = findingsOf(error?.issues ?? [], value, () => Object.keys(fileSchema.shape));
  for (const key of ["destinations", "retention"])
    if (isPlainObject(value) && value[key] !== undefined)
      findings.push({ path: [key], message: "is not supported on this runtime: it delivers no events yet" });
  if (findings.length > 0) throw configFileError(file, findings, source);
}
