import { ConfigurationError, maxSecrets, SessionhookError, SigningSecrets } from "@sessionhook/core";
import * as limits from "@sessionhook/core/limits";
import { defaultStoreAddress, parseStoreAddress, type StoreAddress } from "@sessionhook/stores/address";
import { isInjected } from "./injected-names.js";
import { readAdminToken } from "./read-admin-token.js";
import { readBasePath } from "./read-base-path.js";
import {
  anyText,
  oneOf,
  pathText,
  type Reader,
  SettingError,
  textLike,
  wholeNumber,
} from "./setting-readers.js";

export { tokenWarning } from "./read-admin-token.js";
export { ownSegments } from "./read-base-path.js";

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

const logLevel = oneOf("trace", "debug", "info", "warning", "error", "fatal", "silent");

/** In any case; `warn` is what most programs call `warning`. */
const readLogLevel = (text: string) => logLevel(/^warn$/i.test(text) ? "warning" : text.toLowerCase());

/** Accepts what can be listened on: a name or an address, IPv6 also in brackets. */
const readHost: Reader<string> = (text) => {
  if (text === "" || /[\s/"'`]/.test(text))
    throw new SettingError("must be a host name or an address, and not in quotes");
  if (/^[^:]*:[^:]*$|\]:/.test(text))
    throw new SettingError("must not contain a port: that is the setting PORT");
  return text;
};

/** The environment, one entry per variable. Do not rename them: users' scripts depend on the names. */
const environment = {
  HOST: readHost,
  PORT: wholeNumber(0, 65_535),
  LOG_LEVEL: readLogLevel,
  SESSIONHOOK_SECRETS: anyText,
  SESSIONHOOK_SECRET_ENCODING: oneOf("auto", "base64", "utf8"),
  SESSIONHOOK_ALLOW_SHORT_SECRETS: oneOf("true", "false"),
  SESSIONHOOK_TOLERANCE_SECONDS: wholeNumber(0, limits.maxToleranceSeconds),
  SESSIONHOOK_STORE: textLike(/./s, "must not be empty"),
  SESSIONHOOK_ADMIN_TOKEN: readAdminToken,
  SESSIONHOOK_MAX_BODY_BYTES: wholeNumber(1, limits.highestMaxBodyBytes),
  SESSIONHOOK_BODY_TIMEOUT_SECONDS: wholeNumber(1, limits.highestBodyTimeoutMs / 1000),
  SESSIONHOOK_KEEP_ALIVE_SECONDS: wholeNumber(1, limits.highestKeepAliveSeconds),
  SESSIONHOOK_MAX_PENDING: wholeNumber(1, limits.highestMaxPending),
  SESSIONHOOK_ON_INVALID: oneOf("quarantine", "reject"),
  SESSIONHOOK_BASE_PATH: readBasePath,
  SESSIONHOOK_CONFIG: pathText,
};

type Values = { [Name in keyof typeof environment]?: ReturnType<(typeof environment)[Name]> };

/** The validated settings of an app. */
export interface Settings {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  readonly logLevel: Values["LOG_LEVEL"];
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
  const values = readValues(env, problems);
  const secrets = readSecrets(values, problems);
  const storeText = values.SESSIONHOOK_STORE ?? defaultStoreAddress;
  const address = readStore(storeText, problems);
  if (problems.length > 0 || address === undefined) throw new SettingsError(problems);
  const seconds = values.SESSIONHOOK_BODY_TIMEOUT_SECONDS;
  return {
    host: hostOf(values.HOST ?? limits.defaultHost),
    port: values.PORT ?? limits.defaultPort,
    logLevel: values.LOG_LEVEL,
    secrets,
    toleranceSeconds: values.SESSIONHOOK_TOLERANCE_SECONDS ?? limits.defaultToleranceSeconds,
    store: address,
    storeText,
    adminToken: values.SESSIONHOOK_ADMIN_TOKEN,
    maxBodyBytes: values.SESSIONHOOK_MAX_BODY_BYTES ?? limits.defaultMaxBodyBytes,
    bodyTimeoutMs: seconds === undefined ? limits.defaultBodyTimeoutMs : seconds * 1000,
    keepAliveSeconds: values.SESSIONHOOK_KEEP_ALIVE_SECONDS ?? limits.defaultKeepAliveSeconds,
    maxPending: values.SESSIONHOOK_MAX_PENDING ?? limits.defaultMaxPending,
    onInvalid: values.SESSIONHOOK_ON_INVALID ?? "quarantine",
    basePath: values.SESSIONHOOK_BASE_PATH ?? "",
    configFile: values.SESSIONHOOK_CONFIG,
  };
}

/** Returns a host without brackets, and an IPv4 address in its usual form: 127.1 is 127.0.0.1. */
function hostOf(text: string): string {
  const usual = URL.canParse(`http://${text}`) ? new URL(`http://${text}`).hostname : text;
  return /^\d+(?:\.\d+){3}$/.test(usual) ? usual : text.replace(/^\[(.*)\]$/, "$1");
}

function readValues(env: Environment, problems: SettingProblem[]): Values {
  const values: Record<string, unknown> = {};
  for (const [name, read] of Object.entries<Reader<unknown>>(environment)) {
    const text = env[name];
    if (text === undefined) continue;
    try {
      values[name] = read(text);
    } catch (error) {
      if (!(error instanceof SettingError)) throw error;
      problems.push({ name, message: error.message });
    }
  }
  return values;
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

function readSecrets(values: Values, problems: SettingProblem[]): SigningSecrets | undefined {
  if (values.SESSIONHOOK_SECRETS === undefined) return undefined;
  if (/(?:^|\s)#/.test(values.SESSIONHOOK_SECRETS)) {
    const message = "must not contain comments; remove each # and the text after it";
    problems.push({ name: "SESSIONHOOK_SECRETS", message });
    return undefined;
  }
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
      secretEncoding: values.SESSIONHOOK_SECRET_ENCODING ?? "auto",
      allowShortSecrets: values.SESSIONHOOK_ALLOW_SHORT_SECRETS === "true",
    });
  } catch (error) {
    if (!ConfigurationError.isInstance(error)) throw error;
    problems.push({ name: "SESSIONHOOK_SECRETS", message: withSettingNames(error.message) });
    return undefined;
  }
}

/** Returns a message of core about a secret, with the name of the setting in place of that of the option. */
export function withSettingNames(message: string): string {
  return message.replace(/use allowShortSecrets.*/, "set SESSIONHOOK_ALLOW_SHORT_SECRETS=true");
}

/** Without this check a misspelt setting would be ignored silently. */
function unknownNames(env: Environment): SettingProblem[] {
  const known = Object.keys(environment);
  return Object.keys(env)
    .filter((name) => name.startsWith("SESSIONHOOK_") && !known.includes(name) && !isInjected(name, env))
    .map((name) => ({ name, message: unknownName(name, known) }));
}

function unknownName(name: string, known: readonly string[]): string {
  const setting = name.replace(/_FILE$/, "");
  if (setting !== name && known.includes(setting)) return `is for apps that read files; set ${setting} here`;
  const near = nearestName(name, known);
  return `is not a setting; ${near === undefined ? "remove it (docs/configuration.md lists all)" : `did you mean ${near}?`}`;
}

function nearestName(name: string, known: readonly string[]): string | undefined {
  const bare = name.slice("SESSIONHOOK_".length);
  if (known.includes(bare)) return bare;
  return known.find((candidate) => candidate.startsWith(name) || name.startsWith(candidate));
}
