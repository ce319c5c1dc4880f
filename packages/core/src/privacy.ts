export { PersonSearch, type SearchedRow } from "./privacy/person-search.js";
