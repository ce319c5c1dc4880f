import { cpus, release, totalmem } from "node:os";
import { execFileSync } from "node:child_process";

/** One line about what the figures were measured on. */
export function describeMachine(folder: string): string {
  const gib = Math.round(totalmem() / 1024 ** 3);
  return `Node ${process.versions.node}, ${cpus()[0]?.model.trim()} × ${cpus().length}, ${gib} GiB, ${process.platform} ${release()} ${process.arch}, databases on ${fileSystem(folder)}`;
}

/** The kind of file system of a folder: on one in memory, syncing costs nothing and no figure here would mean a thing. */
export function fileSystem(folder: string): string {
  try {
    return execFileSync("stat", ["-f", "-c", "%T", folder], { encoding: "utf8" }).trim();
  } catch {
    return "an unknown file system";
  }
}
