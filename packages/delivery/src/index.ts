export type { DestinationOptions, SkipPreset } from "./destination-options.js";
