import { cpus, release, totalmem } from "node:os";
import { execFileSync } from "node:child_process";

/** Describes the machine and the Node version that the figures were measured on, in one line. */
export function describeMachine(folder: string): string {
  const gib = Math.round(totalmem() / 1024 ** 3);
  return `Node ${process.versions.node}, ${cpus()[0]?.model.trim()} × ${cpus().length}, ${gib} GiB, ${process.platform} ${release()} ${process.arch}, databases on ${fileSystem(folder)}`;
}

/** Returns the type of a folder's file system. In a file system in memory syncing is free, which makes the figures meaningless. */
export function fileSystem(folder: string): string {
  try {
    return execFileSync("stat", ["-f", "-c", "%T", folder], { encoding: "utf8" }).trim();
  } catch {
    return "an unknown file system";
  }
}
