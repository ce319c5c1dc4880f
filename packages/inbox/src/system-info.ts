/** A setting of the application as the status page shows it. Its value is never a secret. */
export interface ShownSetting {
  readonly name: string;
  readonly value: string;
}

/** What the application knows about itself. Every field is optional: the status page leaves out what is unknown. */
export interface SystemInfo {
  readonly version?: string | undefined;
  /** `Node 24.4.1`, `AWS Lambda`, … */
  readonly runtime?: string | undefined;
  /** Start of the process, in Unix milliseconds. */
  readonly startedAt?: number | undefined;
  /** `SQLite`, `memory`, … */
  readonly storeKind?: string | undefined;
  /** Settings in the order to show them. Contains no secret. */
  readonly settings?: readonly ShownSetting[] | undefined;
  /** Returns the size of the stored data in bytes, without the write-ahead log; undefined if it is unknown. */
  readonly storeBytes?: (() => Promise<number | undefined>) | undefined;
  /** Returns the time of the last backup, in Unix milliseconds; null if there is none, undefined if it is unknown. */
  readonly lastBackupAt?: (() => Promise<number | null | undefined>) | undefined;
  /** Resolves if events can be stored now. Default: that of the store. */
  readonly checkWritable?: (() => Promise<void>) | undefined;
}
