export { type CodeDestination, code, type CodeOptions } from "./code/code.js";
export type { CodeConfig, EventHandler, HandlerContext, HandlerLog } from "./code/config.js";
export type {
  ConfigProblem,
  DestinationKind,
  Driver,
  DriverContext,
  DriverDefaults,
  Lookup,
} from "./driver.js";
export type { BodyConfig } from "./body/config.js";
export type { FilesConfig } from "./files/config.js";
export type { HttpConfig } from "./http/config.js";
export type { Network } from "./net/config.js";
export { previewOf } from "./preview-of.js";
export { type DestinationType, drivers } from "./registry.js";
export type { SlackConfig } from "./slack/config.js";
