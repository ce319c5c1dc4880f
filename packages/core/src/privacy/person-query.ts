import { realId } from "../facts/placeholders.js";
import { linkedinUrl } from "../facts/linkedin.js";
import type { PersonQuery } from "../ports/fact-store.js";

/** Maximum length of a value of the query; longer facts are cut. */
const maxLength = 2048;
/** RFC 5321, 4.5.3.1: an address has at most 254 characters. */
const maxAddress = 254;
const addressForm = /^[^\s@<>()[\],;:"\\\p{C}]+@[^\s@<>()[\],;:"\\\p{C}]+$/u;
/** A profile, as `linkedinUrl` writes it. */
const profileForm = /^https:\/\/www\.linkedin\.com\/(?:in|pub)\/./;
const identifierForm = /^[\p{L}\p{N}_%.-]{3,}$/u;

/**
 * Returns what is wrong with a query for the data of a person, or undefined. The text names no value.
 *
 * @example
 * ```ts
 * import { personQueryError } from "@sessionhook/core/privacy";
 *
 * personQueryError({ email: "jane@example.com" }); // => undefined
 * personQueryError({ email: "jane" }); // => "The e-mail address must have the form name@domain"
 * ```
 */
export function personQueryError(query: PersonQuery): string | undefined {
  const { email, linkedin, visitorId, sessionId } = query;
  const given = [email, linkedin, visitorId, sessionId].filter((value) => value !== undefined);
  const [value] = given;
  if (value === undefined || given.length > 1)
    return "Give exactly one of e-mail address, LinkedIn profile, visitor id and session id";
  const text = value.trim();
  if (text === "") return "The value must not be empty";
  if (text.length > maxLength) return `The value must have at most ${maxLength} characters`;
  if (/\p{Cc}/u.test(text)) return "The value must not contain control characters";
  if ((visitorId ?? sessionId) !== undefined && realId(text) === undefined)
    return "The id stands for a missing one: it would find strangers";
  if (email !== undefined && !(text.length <= maxAddress && addressForm.test(text)))
    return "The e-mail address must have the form name@domain";
  if (linkedin !== undefined && !profileForm.test(String(linkedinUrl(text))) && !identifierForm.test(text))
    return "The LinkedIn profile must be its address, such as linkedin.com/in/jane-doe, or its identifier";
  return undefined;
}
