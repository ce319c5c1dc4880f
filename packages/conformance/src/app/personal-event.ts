import { payloads } from "@sessionhook/fixtures";

/** An event about an invented person. */
export const personalEvent = payloads.full("identity.session.finalized");

/** The personal data that the event must contain for the log check to mean anything: names, e-mail, IP and LinkedIn address, place. */
const personal = ["Zoë", "Ünal", "zoe.unal@acme.example", "203.0.113.7", "linkedin.com", "Köln", "50.9375"];

/**
 * Texts of the event that no log may contain: the above, and every other text of its data that is too long to be in a
 * log by chance.
 * @throws Error when the event no longer has what it is for
 */
export function personalData(): string[] {
  const texts = textsOf(personalEvent["data"]);
  const missing = personal.filter((one) => !texts.some((text) => text.includes(one)));
  if (missing.length > 0) throw new Error(`the event has no ${missing.join(", ")}`);
  return [...personal, ...texts.filter((text) => text.length >= 8)];
}

function textsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsOf) : [];
}
