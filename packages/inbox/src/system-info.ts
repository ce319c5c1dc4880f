/** A setting of the application as the status page shows it. Its value is never a secret. */
export interface ShownSetting {
  readonly name: string;
  readonly value: string;
}

/** Describes the application on the status page, which leaves out absent fields. */
export interface SystemInfo {
  readonly version?: string | undefined;
  /** `Node 24.4.1`, `AWS Lambda`, … */
  readonly runtime?: string | undefined;
  /** Start of the process, in Unix milliseconds. */
  readonly startedAt?: number | undefined;
  /** `SQLite`, `memory`, … */
  readonly storeKind?: string | undefined;
  /** Returns how a command for this app begins, such as `PORT=8080 npm run sessionhook --`, which is the default without the port. */
  readonly commandLine?: (() => string) | undefined;
  /** Settings in the order to show them. Contains no secret. */
  readonly settings?: readonly ShownSetting[] | undefined;
  /** Returns the size of the stored data in bytes, without the write-ahead log; undefined if it is unknown. */
  readonly storeBytes?: (() => Promise<number | undefined>) | undefined;
  /** Returns the time of the last backup, in Unix milliseconds; null if there is none, undefined if it is unknown. */
  readonly lastBackupAt?: (() => Promise<number | null | undefined>) | undefined;
  /** Resolves if events can be stored now. Default: that of the store. */
  readonly checkWritable?: (() => Promise<void>) | undefined;
}
