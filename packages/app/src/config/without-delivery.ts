/**
 * Checks the text of a configuration file on a runtime that delivers nothing yet. Loads the schema only then.
 * @throws ConfigFileError as a rejection, see `check-without-delivery.ts`
 */
export async function checkConfigWithoutDelivery(text: string, file: string): Promise<void> {
  const check = await import("./check-without-delivery.js");
  check.checkConfigWithoutDelivery(text, file);
}
