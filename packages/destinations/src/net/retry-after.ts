/** Maximum wait that a destination can ask for, in milliseconds. */
const maxMs = 24 * 60 * 60 * 1000;

/**
 * Returns the time that a Retry-After header names, in Unix milliseconds, at most 24 hours from now; undefined without a
 * valid one. RFC 9110 section 10.2.3: seconds, or a date.
 */
export function retryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined || header.length > 100) return undefined;
  const text = header.trim();
  // Slack and Discord send fractions of a second.
  const ms = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) * 1000 : dateOf(text) - now;
  return Number.isNaN(ms) ? undefined : now + Math.min(Math.max(Math.ceil(ms), 0), maxMs);
}

/** Parses an HTTP date. Its three forms begin with the name of a day; Date.parse accepts many others. */
function dateOf(text: string): number {
  return /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)/.test(text) && /\d\d:\d\d:\d\d/.test(text)
    ? Date.parse(text.endsWith("GMT") ? text : `${text} GMT`)
    : Number.NaN;
}
