const profile = /^(?:https?:\/\/)?(?:[a-z]{2,3}\.)?linkedin\.com(\/[^?#\s]*)/i;

/**
 * Returns the address of a LinkedIn page in one form, so that it identifies a person or company:
 * `https://www.linkedin.com/in/jane-doe`, lower-case, without query and trailing slash. Another address stays as it is.
 */
export function linkedinUrl(value: unknown): unknown {
  if (typeof value !== "string" || value.length > 2048) return value;
  const path = profile.exec(value.trim())?.[1];
  return path === undefined ? value : `https://www.linkedin.com${path.toLowerCase().replace(/\/$/, "")}`;
}
