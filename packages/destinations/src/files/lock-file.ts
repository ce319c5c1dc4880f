/** The part of Deno's API that is used; its types are not installed. */
interface DenoFile {
  tryLockSync(exclusive: boolean): boolean;
  close(): void;
}

interface DenoFiles {
  readonly FsFile: { readonly prototype: Partial<DenoFile> };
  openSync(path: string, options: { readonly read: boolean; readonly write: boolean }): DenoFile;
}

const { Deno: deno } = globalThis as unknown as { readonly Deno?: DenoFiles };

/** True where files can be locked: on Deno, which without further permissions does not answer whether another process lives. */
export const canLock = deno?.FsFile.prototype.tryLockSync !== undefined;

/**
 * Locks a file; the system removes the lock when the process ends, however that happens.
 * @returns a function that unlocks it; undefined if it is locked already, by this process too, or cannot be locked
 * @throws if the file cannot be opened
 */
export function lockFile(path: string): (() => void) | undefined {
  if (deno === undefined || !canLock) return undefined;
  const file = deno.openSync(path, { read: true, write: true });
  if (file.tryLockSync(true)) return () => file.close();
  file.close();
  return undefined;
}
