export { type Defer, systemDefer } from "./append-queue.js";
export { type ConfigFile, parseConfigFile } from "./config-file.js";
export { createReceiver, type Receiver, type ReceiverOptions } from "./create-receiver.js";
export { describeError } from "./log.js";
export { problemStatus, type ProblemCode } from "./problem.js";
export { readSettings, type SettingProblem, type Settings, SettingsError } from "./settings.js";
