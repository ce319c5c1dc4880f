export { maxFactLength, maxListEntries } from "../limits.js";
/** Maximum length of all entries of a list together, in UTF-16 code units; the rest is left out. */
export const maxListLength = 65_536;
/** Maximum number of e-mail addresses, validations and positions of an event that are read. */
export const maxRead = 1000;
