import { ConfigurationError, maxSecrets, SessionhookError, SigningSecrets } from "@sessionhook/core";
import * as limits from "@sessionhook/core/limits";
import { defaultStoreAddress, parseStoreAddress, type StoreAddress } from "@sessionhook/stores/address";
import * as z from "zod/mini";
import { adminTokenSchema } from "./admin-token-schema.js";
import { basePathSchema } from "./base-path-schema.js";
import { isInjected } from "./injected-names.js";

/** One invalid setting. `message` never quotes a secret. */
export interface SettingProblem {
  readonly name: string;
  readonly message: string;
}

/** Thrown at start for invalid settings; the message names each of them. */
export class SettingsError extends SessionhookError {
  static override readonly errorName: string = "SettingsError";
  readonly code = "invalid_settings";
  readonly problems: readonly SettingProblem[];

  constructor(problems: readonly SettingProblem[]) {
    super(problems.map(({ name, message }) => `${name}: ${message}`).join("\n"));
    this.problems = problems;
  }
}

/** Built with zod's mini variant, which is tree-shakable; it has no built-in messages. */
const text = (pattern: RegExp, message: string) =>
  z.string("must be a text").check(z.regex(pattern, message));
const oneOf = <const Words extends readonly string[]>(words: Words) =>
  z.enum(words, `must be one of ${words.join(", ")}`);
const wholeNumber = (min: number, max: number) => {
  const message = `must be an integer from ${min} to ${max}`;
  return z.pipe(
    text(/^[0-9]{1,15}$/, message),
    z.pipe(z.transform(Number), z.number().check(z.minimum(min, message), z.maximum(max, message))),
  );
};

const store = z.string("must be a text").check(z.minLength(1, "must not be empty"));

/** The environment, one entry per variable. Do not rename them: users' scripts depend on the names. */
const environment = z.object({
  HOST: z._default(text(/^[^\s/]+$/, "must be a host name or an address"), limits.defaultHost),
  PORT: z._default(wholeNumber(0, 65_535), limits.defaultPort),
  LOG_LEVEL: z.optional(oneOf(["trace", "debug", "info", "warning", "error", "fatal", "silent"])),
  SESSIONHOOK_SECRETS: z.optional(z.string("must be a text")),
  SESSIONHOOK_SECRET_ENCODING: z._default(oneOf(["auto", "base64", "utf8"]), "auto"),
  SESSIONHOOK_ALLOW_SHORT_SECRETS: z._default(oneOf(["true", "false"]), "false"),
  SESSIONHOOK_TOLERANCE_SECONDS: z._default(
    wholeNumber(0, limits.maxToleranceSeconds),
    limits.defaultToleranceSeconds,
  ),
  SESSIONHOOK_STORE: z._default(store, defaultStoreAddress),
  SESSIONHOOK_ADMIN_TOKEN: z.optional(adminTokenSchema),
  SESSIONHOOK_MAX_BODY_BYTES: z._default(
    wholeNumber(1, limits.highestMaxBodyBytes),
    limits.defaultMaxBodyBytes,
  ),
  SESSIONHOOK_BODY_TIMEOUT_SECONDS: z._default(
    wholeNumber(1, limits.highestBodyTimeoutMs / 1000),
    limits.defaultBodyTimeoutMs / 1000,
  ),
  SESSIONHOOK_KEEP_ALIVE_SECONDS: z._default(
    wholeNumber(1, limits.highestKeepAliveSeconds),
    limits.defaultKeepAliveSeconds,
  ),
  SESSIONHOOK_MAX_PENDING: z._default(wholeNumber(1, limits.highestMaxPending), limits.defaultMaxPending),
  SESSIONHOOK_ON_INVALID: z._default(oneOf(["quarantine", "reject"]), "quarantine"),
  SESSIONHOOK_BASE_PATH: z._default(basePathSchema, ""),
  SESSIONHOOK_CONFIG: z.optional(text(/./s, "must not be empty")),
});

/** The validated settings of an app. */
export interface Settings {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  readonly logLevel: z.infer<typeof environment>["LOG_LEVEL"];
  /** Undefined if none is configured. */
  readonly secrets: SigningSecrets | undefined;
  readonly toleranceSeconds: number;
  readonly store: StoreAddress;
  /** SESSIONHOOK_STORE as configured, for display. */
  readonly storeText: string;
  readonly adminToken: string | undefined;
  readonly maxBodyBytes: number;
  /** Time limit for receiving a body, in milliseconds. */
  readonly bodyTimeoutMs: number;
  /** Time for which an idle connection stays open after an answer. */
  readonly keepAliveSeconds: number;
  readonly maxPending: number;
  readonly onInvalid: "quarantine" | "reject";
  /** The path that everything is below, without a slash at its end; empty for the root. */
  readonly basePath: string;
  /** Path of the configuration file, where one is named. */
  readonly configFile: string | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the settings from environment variables. An empty value is invalid, not absent: a
 * secret that a deployment failed to fill in must not pass unnoticed.
 * @throws SettingsError naming every invalid or unknown (`SESSIONHOOK_…`) setting
 */
export function readSettings(env: Environment): Settings {
  const problems = unknownNames(env);
  const given = Object.fromEntries(
    Object.keys(environment.shape).flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])),
  );
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    for (const issue of parsed.error.issues)
      problems.push({ name: String(issue.path[0]), message: issue.message });
    throw new SettingsError(problems);
  }
  const values = parsed.data;
  const secrets = readSecrets(values, problems);
  const address = readStore(values.SESSIONHOOK_STORE, problems);
  if (problems.length > 0 || address === undefined) throw new SettingsError(problems);
  return {
    host: values.HOST.replace(/^\[(.*)\]$/, "$1"),
    port: values.PORT,
    logLevel: values.LOG_LEVEL,
    secrets,
    toleranceSeconds: values.SESSIONHOOK_TOLERANCE_SECONDS,
    store: address,
    storeText: values.SESSIONHOOK_STORE,
    adminToken: values.SESSIONHOOK_ADMIN_TOKEN,
    maxBodyBytes: values.SESSIONHOOK_MAX_BODY_BYTES,
    bodyTimeoutMs: values.SESSIONHOOK_BODY_TIMEOUT_SECONDS * 1000,
    keepAliveSeconds: values.SESSIONHOOK_KEEP_ALIVE_SECONDS,
    maxPending: values.SESSIONHOOK_MAX_PENDING,
    onInvalid: values.SESSIONHOOK_ON_INVALID,
    basePath: values.SESSIONHOOK_BASE_PATH,
    configFile: values.SESSIONHOOK_CONFIG,
  };
}

function readStore(text: string, problems: SettingProblem[]): StoreAddress | undefined {
  try {
    return parseStoreAddress(text);
  } catch (error) {
    if (!ConfigurationError.isInstance(error)) throw error;
    problems.push({ name: "SESSIONHOOK_STORE", message: error.message });
    return undefined;
  }
}

function readSecrets(
  values: z.infer<typeof environment>,
  problems: SettingProblem[],
): SigningSecrets | undefined {
  if (values.SESSIONHOOK_SECRETS === undefined) return undefined;
  const list = values.SESSIONHOOK_SECRETS.split(/[\s,]+/).filter((text) => text !== "");
  if (list.length === 0) {
    problems.push({
      name: "SESSIONHOOK_SECRETS",
      message: "is set but empty; unset it, or give whsec_… or whpk_…",
    });
    return undefined;
  }
  try {
    return new SigningSecrets(list.slice(0, maxSecrets + 1), {
      secretEncoding: values.SESSIONHOOK_SECRET_ENCODING,
      allowShortSecrets: values.SESSIONHOOK_ALLOW_SHORT_SECRETS === "true",
    });
  } catch (error) {
    if (!ConfigurationError.isInstance(error)) throw error;
    const hint = error.message.includes("allow short") ? " with SESSIONHOOK_ALLOW_SHORT_SECRETS=true" : "";
    problems.push({ name: "SESSIONHOOK_SECRETS", message: `${error.message}${hint}` });
    return undefined;
  }
}

/** Without this check a misspelt setting would be ignored silently. */
function unknownNames(env: Environment): SettingProblem[] {
  const known = Object.keys(environment.shape);
  return Object.keys(env)
    .filter((name) => name.startsWith("SESSIONHOOK_") && !known.includes(name) && !isInjected(name, env))
    .map((name) => {
      const near = nearestName(name, known);
      return { name, message: `is not a setting${near === undefined ? "" : `; did you mean ${near}?`}` };
    });
}

function nearestName(name: string, known: readonly string[]): string | undefined {
  const bare = name.slice("SESSIONHOOK_".length);
  if (known.includes(bare)) return bare;
  return known.find((candidate) => candidate.startsWith(name) || name.startsWith(candidate));
}
