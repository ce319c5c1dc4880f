export { PersonSearch, type SearchedRow } from "./privacy/person-search.js";
export { personQueryError } from "./privacy/person-query.js";
