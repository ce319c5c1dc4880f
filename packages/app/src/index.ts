export { type ConfigFile, parseConfigFile } from "./config-file.js";
export { type App, type AppOptions, createApp } from "./create-app.js";
export { readSettings, type SettingProblem, type Settings, SettingsError } from "./settings.js";
