export { code } from "@sessionhook/destinations";
export { defineConfig, env, file } from "./define-config.js";
export type {
  CodeDestination,
  CommonKeys,
  Config,
  Cooldown,
  DestinationConfig,
  Duration,
  EnvReference,
  FileReference,
  FilesDestination,
  HttpDestination,
  Rate,
  Reference,
  Retention,
  Retry,
  SlackDestination,
} from "./types.js";
