import type { EventType } from "@sessionhook/core";
import type { CodeConfig, FilesConfig, HttpConfig, SlackConfig } from "@sessionhook/destinations";
import type { SkipPreset } from "@sessionhook/delivery";

/** The value of an environment variable. */
export interface EnvReference {
  /** Name of the environment variable. */
  readonly env: string;
}

/** The content of a file, without a newline at its end. */
export interface FileReference {
  /** Path of the file. */
  readonly file: string;
}

/** A text that is not in the configuration file itself. */
export type Reference = EnvReference | FileReference;

/** A time such as `"5 s"`, `"30 min"`, `"24h"` or `"180d"`. */
export type Duration = `${number}${"" | " "}${"ms" | "s" | "min" | "m" | "h" | "d"}`;

/** A number for each second, minute or hour, such as `"20/s"` or `"100/min"`. */
export type Rate = `${number}/${"s" | "min" | "m" | "h"}`;

/** Keys that every destination has, whatever its type. */
export interface CommonKeys {
  /** Event types that it gets. Default: all. */
  readonly types?: readonly (EventType | (string & {}))[] | undefined;
  /** Statuses of events that it gets. Default: `["accepted"]`. */
  readonly statuses?: readonly ("accepted" | "quarantined" | "unrecognized")[] | undefined;
  /** Events that it does not get. */
  readonly skip?: readonly SkipPreset[] | undefined;
  /** CEL expression over the facts of an event, such as `company.employeeCount >= 50`. It gets the events for which it is true. */
  readonly when?: string | undefined;
  /** No second delivery for the same person or company within a time. */
  readonly cooldown?: Cooldown | undefined;
  /** Most sends at a time. */
  readonly concurrency?: number | undefined;
  /** Most deliveries in a time, such as `"20/s"` or `"100/min"`. Default: no limit. */
  readonly rate?: Rate | undefined;
  /** Time limit of one attempt, such as `"15 s"`. */
  readonly timeout?: Duration | undefined;
  /** Times of further attempts after a failure, and their end. */
  readonly retry?: Retry | undefined;
}

export interface Cooldown {
  /** Identifies the events that belong together: by e-mail address, or by domain of the company. */
  readonly per: "person" | "company";
  /** Time from a delivery until the next one, such as `"24h"`. */
  readonly for: Duration;
}

export interface Retry {
  /** Times between the attempts. Default: 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h. */
  readonly schedule?: readonly Duration[] | undefined;
  /** A delivery that has not succeeded after this time is a dead letter. Default: `"7d"`. */
  readonly maxAge?: Duration | undefined;
}

export interface Retention {
  /** Time for which events are stored. Default: for ever. */
  readonly events?: Duration | undefined;
  /** Time for which finished deliveries and their attempts are stored. Default: `"30d"`. */
  readonly history?: Duration | undefined;
}

/** A text, or a reference to it; other types unchanged. */
type OrReference<Value> = Value extends (...args: never) => unknown
  ? Value
  : string extends Value
    ? Value | Reference
    : Value extends Readonly<Record<string, string>>
      ? Readonly<Record<string, string | Reference>>
      : Value;

/** A secret is given as a reference only. */
type Secret<Value> = Value extends string
  ? Reference
  : Value extends readonly string[]
    ? readonly Reference[]
    : Value;

/** The keys of a driver in the form of the configuration file. */
type InFile<Config, SecretKey extends keyof Config = never> = {
  readonly [Key in keyof Config]: Key extends SecretKey ? Secret<Config[Key]> : OrReference<Config[Key]>;
};

/** Posts events to a URL, signed as Standard Webhooks defines: docs/destinations/http.md. */
export interface HttpDestination extends CommonKeys, InFile<HttpConfig, "secret"> {
  readonly type: "http";
}

/** Posts messages to an incoming webhook of Slack or Discord: docs/destinations/slack.md. */
export interface SlackDestination extends CommonKeys, InFile<SlackConfig, "url"> {
  readonly type: "slack";
}

/** Writes events to gzipped files: docs/destinations/files.md. */
export interface FilesDestination extends CommonKeys, InFile<FilesConfig> {
  readonly type: "files";
}

/** Calls a function: docs/destinations/code.md. `code()` creates it. */
export interface CodeDestination extends CommonKeys, CodeConfig {
  readonly type: "code";
}

/** A destination of any type. */
export type DestinationConfig = HttpDestination | SlackDestination | FilesDestination | CodeDestination;

/** The content of sessionhook.config.ts, .js and .json. */
export interface Config {
  /** URL or path of the JSON Schema, for editors. It has no effect. */
  readonly $schema?: string | undefined;
  /** Destinations by name. The name is the identity of a destination: one with another name is a new destination. */
  readonly destinations?: Readonly<Record<string, DestinationConfig>> | undefined;
  /** Time for which data is stored. */
  readonly retention?: Retention | undefined;
}
