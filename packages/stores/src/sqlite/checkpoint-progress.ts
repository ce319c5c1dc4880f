import type { LogState } from "./write-ahead-log.js";

/** With `autoCheckpoint`, a commit that makes the log this many pages long starts a checkpoint. */
export const autoCheckpointPages = 1000;

/** The progress of the log at one time. */
export interface LogProgress {
  /** Undefined if SQLite does not report it. */
  readonly state: LogState | undefined;
  /** Another text after the log was restarted. */
  readonly run: string;
  /** `PRAGMA data_version`: another number after another connection has committed. */
  readonly version: number;
}

/**
 * Returns whether SQLite may have changed the database between two times. Only a checkpoint does that, and afterwards
 * more of the log is copied, or the log has been restarted.
 * @param committed true after a commit of a connection with `autoCheckpoint`
 */
export function mayHaveCheckpointed(before: LogProgress, now: LogProgress, committed: boolean): boolean {
  if (now.state === undefined || before.state === undefined) return true;
  if (committed && now.state.log >= autoCheckpointPages) return true;
  const copied = now.state.checkpointed !== before.state.checkpointed || now.state.log < before.state.log;
  // It may have been restarted and become as long as before, or been emptied twice.
  const copiedAgain = now.version !== before.version && now.state.checkpointed === now.state.log;
  return copied || now.run !== before.run || copiedAgain;
}
