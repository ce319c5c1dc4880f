export { PersonSearch, type SearchedRow } from "./privacy/person-search.js";
export { personQueryError } from "./privacy/person-query.js";
export { type EscapedText, withoutOuterEscapes } from "./privacy/escapes.js";
