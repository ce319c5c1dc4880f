import type { Destination } from "@sessionhook/core";
import type * as z from "zod/mini";

/**
 * Decides how answers are read. `webhook`: any 2xx is delivered, and most other answers are tried again. `api`: an API
 * with credentials, some of whose answers reject the event or block the destination. `local`: no network.
 */
export type DestinationKind = "webhook" | "api" | "local";

/** Defaults of the keys that every destination has. */
export interface DriverDefaults {
  /** Maximum number of sends at a time. */
  readonly concurrency: number;
  /** Time limit of one attempt. */
  readonly timeoutMs: number;
  /** Maximum number of sends per second; absent: no limit. */
  readonly rate?: number | undefined;
}

/** Resolves a host name to IP addresses. Tests inject their own. */
export type Lookup = (hostname: string) => Promise<readonly string[]>;

/** Environment of a destination, besides its configuration. */
export interface DriverContext {
  /** Name of the destination. */
  readonly name: string;
  /** Absolute folder to which paths in the configuration are relative. */
  readonly folder: string;
  /** Returns the time in Unix milliseconds. */
  readonly now: () => number;
  /** Default: the resolver of the operating system. */
  readonly lookup?: Lookup | undefined;
}

/** A problem of a key in the configuration. The message never contains a value. */
export interface ConfigProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Describes a type of destination without loading its code. */
export interface Driver<Config = unknown> {
  readonly type: string;
  readonly kind: DestinationKind;
  /** One sentence for the JSON Schema and the command line. */
  readonly description: string;
  /**
   * Schema of the keys that only this type has, a strict object. `{ env }` and `{ file }` are replaced by their text
   * before it is applied. Messages of its issues never contain a value.
   */
  readonly schema: z.ZodMiniType<Config>;
  /** Keys that the configuration file must give as `{ env }` or `{ file }`, such as `secret`; case is ignored. */
  readonly secrets: readonly string[];
  /** Returns further such keys of a configuration, which is not checked yet: those that are secrets by their names. */
  namedSecrets?(config: Readonly<Record<string, unknown>>): readonly string[];
  readonly defaults: DriverDefaults;
  /**
   * Checks what the schema cannot check without loading code, such as the names of facts; empty if valid.
   * @param folder absolute folder to which paths are relative; if it is given, paths are checked on the disk
   */
  problems?(config: Config, folder?: string): Promise<readonly ConfigProblem[]>;
  /**
   * Loads the code of the type and creates a destination.
   * @throws ConfigurationError `invalid_option` or `invalid_secret` if the destination cannot be used as configured
   */
  create(config: Config, context: DriverContext): Promise<Destination>;
}
