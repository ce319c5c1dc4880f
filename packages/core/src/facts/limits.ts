export { maxFactLength } from "../limits.js";
/** Maximum number of entries of a list; further ones are left out. */
export const maxListEntries = 500;
/** Maximum length of all entries of a list together, in UTF-16 code units; the rest is left out. */
export const maxListLength = 65_536;
/** Maximum number of e-mail addresses, validations and positions of an event that are read. */
export const maxRead = 1000;
