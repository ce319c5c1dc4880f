export { checkConfigWithoutDelivery } from "./config/check-without-delivery.js";
export { ConfigFileError, type ConfigProblem } from "./config/config-error.js";
export {
  type ConfigFiles,
  configFileNames,
  type ConfigWithFile,
  loadConfig,
  type LoadConfigOptions,
} from "./config/load-config.js";
export type { ConfiguredDestination, LoadedConfig } from "./config/read-config.js";
export { type App, type AppOptions, createApp } from "./create-app.js";
export { readSettings, type SettingProblem, type Settings, SettingsError } from "./settings.js";
