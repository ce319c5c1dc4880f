import type { Destination } from "@sessionhook/core";
import type * as z from "zod/mini";

/**
 * webhook: any 2xx means delivered, and other answers are tried again. api: the answers of an API with credentials; some
 * of them reject an event or block the destination. local: nothing leaves the machine.
 */
export type DestinationKind = "webhook" | "api" | "local";

/** Defaults of the keys that every destination has. */
export interface DriverDefaults {
  /** Most sends at a time. */
  readonly concurrency: number;
  /** Of one attempt. */
  readonly timeoutMs: number;
  /** Most deliveries per second; absent: no limit. */
  readonly rate?: number | undefined;
}

/** Addresses of a name. Tests give their own. */
export type Lookup = (hostname: string) => Promise<readonly string[]>;

/** Environment of a destination, besides its configuration. */
export interface DriverContext {
  /** Name of the destination. */
  readonly name: string;
  /** Absolute folder that relative paths in the configuration start from. */
  readonly folder: string;
  /** Returns the time in Unix milliseconds. */
  readonly now: () => number;
  /** Default: the resolver of the operating system. */
  readonly lookup?: Lookup | undefined;
}

/** A key that cannot be used. Its message never contains a value. */
export interface ConfigProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Describes a type of destination without loading its code. */
export interface Driver<Config = unknown> {
  readonly type: string;
  readonly kind: DestinationKind;
  /** One sentence, for the JSON Schema and the command line. */
  readonly description: string;
  /**
   * The keys that only this type has, as a strict object; `{ env }` and `{ file }` are replaced by their text before it.
   * Messages of its issues never contain a value.
   */
  readonly schema: z.ZodMiniType<Config>;
  /** Keys that the configuration file must give as `{ env }` or `{ file }`, such as `secret`; any case. */
  readonly secrets: readonly string[];
  readonly defaults: DriverDefaults;
  /** Checks what the schema cannot without loading code, such as the names of facts; undefined if all is well. */
  problem?(config: Config): Promise<ConfigProblem | undefined>;
  /**
   * @throws ConfigurationError `invalid_option` or `invalid_secret` if the destination cannot be used as configured
   */
  create(config: Config, context: DriverContext): Promise<Destination>;
}
