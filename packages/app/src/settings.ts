import { ConfigurationError, maxSecrets, SessionhookError, SigningSecrets } from "@sessionhook/core";
import * as z from "zod/mini";
import { basePathSchema } from "@sessionhook/ingest";

/** One bad setting. `message` never quotes a secret. */
export interface SettingProblem {
  readonly name: string;
  readonly message: string;
}

/** Thrown at start for settings that cannot be used; the message names each of them. */
export class SettingsError extends SessionhookError {
  static override readonly errorName: string = "SettingsError";
  readonly code = "invalid_settings";
  readonly problems: readonly SettingProblem[];

  constructor(problems: readonly SettingProblem[]) {
    super(problems.map(({ name, message }) => `${name}: ${message}`).join("\n"));
    this.problems = problems;
  }
}

/** Built with zod's small form, of which a bundle holds only what is used; it brings no messages of its own. */
const text = (pattern: RegExp, message: string) =>
  z.string("must be a text").check(z.regex(pattern, message));
const oneOf = <const Words extends readonly string[]>(words: Words) =>
  z.enum(words, `must be one of ${words.join(", ")}`);
const wholeNumber = (min: number, max: number) => {
  const message = `must be a whole number from ${min} to ${max}`;
  return z.pipe(
    text(/^[0-9]{1,15}$/, message),
    z.pipe(z.transform(Number), z.number().check(z.minimum(min, message), z.maximum(max, message))),
  );
};

const placeholder = /^(?:undefined|null|\[object \w+\])$/i;
const adminToken = text(/^[\x21-\x7e]+$/, "must be one word of visible ASCII characters").check(
  z.refine((token) => !placeholder.test(token), "is a placeholder, not a token"),
);
const store = text(
  /^(?:memory:|sqlite:.+|[a-z][a-z0-9+]*:\/\/.+|[a-z][a-z0-9]*:.+)$/s,
  "must be memory:, sqlite:<path> or the address of a database",
).check(
  z.refine((address) => !/^memory:./s.test(address), "must be memory: and nothing behind it"),
  z.refine(
    (address) => !/^sqlite:\/\/(?!\/)/.test(address),
    "must name a path: sqlite:./data/events.db, or sqlite:/data/events.db from the root",
  ),
);

/** The environment, one entry a variable. The names stay: users script against them. */
const environment = z.object({
  HOST: z._default(text(/^[^\s/]+$/, "must be a host name or an address"), "127.0.0.1"),
  PORT: z._default(wholeNumber(0, 65_535), 8787),
  LOG_LEVEL: z.optional(oneOf(["trace", "debug", "info", "warning", "error", "fatal", "silent"])),
  SESSIONHOOK_SECRETS: z.optional(z.string("must be a text")),
  SESSIONHOOK_SECRET_ENCODING: z._default(oneOf(["auto", "base64", "utf8"]), "auto"),
  SESSIONHOOK_ALLOW_SHORT_SECRETS: z._default(oneOf(["true", "false"]), "false"),
  SESSIONHOOK_TOLERANCE_SECONDS: z._default(wholeNumber(0, 86_400), 300),
  SESSIONHOOK_STORE: z._default(store, "sqlite:./data/sessionhook.db"),
  SESSIONHOOK_ADMIN_TOKEN: z.optional(adminToken),
  SESSIONHOOK_MAX_BODY_BYTES: z._default(wholeNumber(1, 256 * 1024 * 1024), 1_048_576),
  SESSIONHOOK_BODY_TIMEOUT_SECONDS: z._default(wholeNumber(1, 300), 30),
  SESSIONHOOK_MAX_PENDING: z._default(wholeNumber(1, 1_000_000), 4096),
  SESSIONHOOK_ON_INVALID: z._default(oneOf(["quarantine", "reject"]), "quarantine"),
  SESSIONHOOK_BASE_PATH: z._default(basePathSchema, ""),
  SESSIONHOOK_CONFIG: z.optional(text(/./s, "must not be empty")),
});

/** Everything a receiver is told from outside, checked. */
export interface Settings {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  readonly logLevel: z.infer<typeof environment>["LOG_LEVEL"];
  /** Undefined where none is configured. */
  readonly secrets: SigningSecrets | undefined;
  readonly toleranceSeconds: number;
  readonly store: string;
  readonly adminToken: string | undefined;
  readonly maxBodyBytes: number;
  /** How long a body may take to arrive, in milliseconds. */
  readonly bodyTimeoutMs: number;
  readonly maxPending: number;
  readonly onInvalid: "quarantine" | "reject";
  /** The path that everything is below, without a slash at its end; empty for the root. */
  readonly basePath: string;
  /** Path of the configuration file, where one is named. */
  readonly configFile: string | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the settings from environment variables. An empty value is a bad value, not an absent one: a
 * secret that a deployment failed to fill in must not pass unnoticed.
 * @throws SettingsError naming every bad or unknown (`SESSIONHOOK_…`) setting
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
  if (problems.length > 0) throw new SettingsError(problems);
  return {
    host: values.HOST.replace(/^\[(.*)\]$/, "$1"),
    port: values.PORT,
    logLevel: values.LOG_LEVEL,
    secrets,
    toleranceSeconds: values.SESSIONHOOK_TOLERANCE_SECONDS,
    store: values.SESSIONHOOK_STORE,
    adminToken: values.SESSIONHOOK_ADMIN_TOKEN,
    maxBodyBytes: values.SESSIONHOOK_MAX_BODY_BYTES,
    bodyTimeoutMs: values.SESSIONHOOK_BODY_TIMEOUT_SECONDS * 1000,
    maxPending: values.SESSIONHOOK_MAX_PENDING,
    onInvalid: values.SESSIONHOOK_ON_INVALID,
    basePath: values.SESSIONHOOK_BASE_PATH,
    configFile: values.SESSIONHOOK_CONFIG,
  };
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

/** A misspelt setting would otherwise be ignored in silence. */
function unknownNames(env: Environment): SettingProblem[] {
  const known = Object.keys(environment.shape);
  return Object.keys(env)
    .filter((name) => name.startsWith("SESSIONHOOK_") && !known.includes(name))
    .map((name) => {
      const near = known.find((candidate) => candidate.startsWith(name) || name.startsWith(candidate));
      return { name, message: `is not a setting${near === undefined ? "" : `; did you mean ${near}?`}` };
    });
}
