import type { DeliveryItem, Destination } from "@sessionhook/core";
import type { DestinationOptions } from "@sessionhook/delivery";
import type { DestinationKind, DestinationType, DriverContext } from "@sessionhook/destinations";
import type { LocatedFinding } from "./config-error.js";
import type { ReferenceSources } from "./references.js";

/** A destination of the configuration file. */
export interface ConfiguredDestination {
  readonly options: DestinationOptions;
  readonly type: DestinationType;
  /** local: nothing leaves the machine. */
  readonly kind: DestinationKind;
  /**
   * Creates the destination; it connects to nothing yet.
   * @throws ConfigurationError if it cannot be used as configured
   */
  create(context: Omit<DriverContext, "name">): Promise<Destination>;
  /** Returns what it would send of an event, as text; undefined if it would skip it. */
  preview(item: DeliveryItem): Promise<string | undefined>;
}

/** The circumstances under which a configuration is read. */
export interface ReadOptions extends ReferenceSources {
  /** True if the configuration is JSON, which cannot contain functions. */
  readonly json: boolean;
  /** Absolute folder to which paths are relative, if they are to be checked on the disk. */
  readonly diskFolder?: string | undefined;
  readonly report: (finding: LocatedFinding) => void;
}
