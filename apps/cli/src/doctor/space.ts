import type { BigIntStatsFs } from "node:fs";
import { type Finding, findingsOf } from "./finding.js";

const finding = findingsOf("disk space");
const mib = 1024n * 1024n;

/** Checks the space that a file system has left for users. */
export function checkSpace(
  {
    bavail,
    bsize,
    blocks,
    files,
    ffree,
  }: Pick<BigIntStatsFs, "bavail" | "bsize" | "blocks" | "files" | "ffree">,
  folder: string,
): Finding {
  // Some file systems of networks and clouds report no size.
  if (blocks === 0n) return finding("not checked", `the file system of ${folder} reports no size`);
  const free = (bavail * bsize) / mib;
  const total = (blocks * bsize) / mib;
  const message = `${free} MiB are free for ${folder}`;
  const action = "free space: when the disk is full, messages are answered 503 store_unavailable";
  // File systems without a fixed number of inodes report 0.
  if (files > 0n && ffree < 100n)
    return finding(
      "failed",
      `the file system of ${folder} has ${ffree} free inodes`,
      "delete files there, or make more inodes",
    );
  if (free < least(100n, total / 10n)) return finding("failed", message, action);
  if (free < least(1024n, total / 4n)) return finding("warning", message, action);
  return finding("ok", message);
}

/** A small disk cannot have as much free as others. */
function least(usual: bigint, ofDisk: bigint): bigint {
  return usual < ofDisk ? usual : ofDisk;
}
