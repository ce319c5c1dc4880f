export type { DestinationOptions, SkipPreset } from "./destination-options.js";
export { checkFilter, compileFilter, type Filter } from "./filter/compile-filter.js";
export { FilterError } from "./filter/filter-error.js";
export { type Cooldown, decide, type Decision, type Selection, selectionOf } from "./decide.js";
