export {
  type ConfigFiles,
  type ConfiguredDestination,
  type ConfigWithFile,
  loadConfig,
  type LoadConfigOptions,
  type LoadedConfig,
} from "./config/load-config.js";
export { checkConfigWithoutDelivery } from "./config/without-delivery.js";
export { type App, type AppOptions, createApp } from "./create-app.js";
export { shownSettings } from "./shown-settings.js";
export { readSettings, type SettingProblem, type Settings, SettingsError } from "./settings.js";
export type { SystemInfo } from "@sessionhook/inbox";
