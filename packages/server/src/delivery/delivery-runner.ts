import type { Settings } from "@sessionhook/app";
import type { EventLog } from "@sessionhook/core";
import type { DeliveryEngine } from "@sessionhook/delivery/control";
import type { StartConfig } from "../config-file.js";
import type { Outages } from "../outages.js";

/** Router and dispatcher of a server, wherever they run. */
export interface DeliveryRunner extends DeliveryEngine {
  start(): void;
  /** Call it after each commit of new events, with their number. */
  committed(events: number): void;
  /** Waits up to `ms` for the sends that are under way; the others are sent again after the next start. */
  stop(ms: number): Promise<void>;
}

export interface DeliveryEnvironment {
  readonly settings: Settings;
  readonly config: StartConfig;
  readonly eventLog: EventLog;
  /** True if deliveries in a SQLite store run in a worker thread. */
  readonly ownThread: boolean;
  readonly outages: Pick<Outages, "connection">;
  /** Eight zero bytes shared by the threads that write. */
  readonly turns: SharedArrayBuffer;
  /** Called when the write-ahead log should be copied into the database. */
  readonly onLongLog: () => void;
}
