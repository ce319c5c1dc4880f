import { SettingsError } from "@sessionhook/app";

/**
 * Returns the variables as texts: in wrangler.jsonc they can be numbers and booleans too.
 * @throws SettingsError for a setting of another kind
 */
export function textsOf(env: Readonly<Record<string, unknown>>): Record<string, string> {
  const entries = Object.entries(env);
  const problems = entries
    .filter(([name, value]) => name.startsWith("SESSIONHOOK_") && !isText(value))
    .map(([name]) => ({
      name,
      message: "must be a text, a number or a boolean; an object and a binding of the Secrets Store are none",
    }));
  if (problems.length > 0) throw new SettingsError(problems);
  return Object.fromEntries(
    entries.filter(([, value]) => isText(value)).map(([name, value]) => [name, String(value)]),
  );
}

function isText(value: unknown): boolean {
  return ["string", "number", "boolean"].includes(typeof value);
}
