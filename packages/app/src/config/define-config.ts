import type { Config, EnvReference, FileReference } from "./types.js";

/**
 * Returns the configuration unchanged. It gives the editor the types of all keys.
 *
 * @example
 * ```ts
 * import { defineConfig, env } from "@sessionhook/app/config";
 *
 * const config = defineConfig({
 *   destinations: {
 *     backend: { type: "http", url: "https://api.example.com/hooks", secret: env("BACKEND_SECRET") },
 *   },
 * });
 * config.destinations?.["backend"]?.type; // => "http"
 * export default config;
 * ```
 */
export function defineConfig(config: Config): Config {
  return config;
}

/** Refers to the value of an environment variable: a secret does not belong in the configuration file. */
export function env(name: string): EnvReference {
  return { env: name };
}

/** Refers to the content of a file, as Docker and Kubernetes mount secrets. A newline at its end is ignored. */
export function file(path: string): FileReference {
  return { file: path };
}
