import { type Finding, findingsOf } from "./finding.js";

const finding = findingsOf("disk space");
const mib = 1024n * 1024n;

/** Checks the space that a file system has left for users. */
export function checkSpace(
  { bavail, bsize, blocks }: { readonly bavail: bigint; readonly bsize: bigint; readonly blocks: bigint },
  folder: string,
): Finding {
  // Some file systems of networks and clouds report no size.
  if (blocks === 0n) return finding("not checked", `the file system of ${folder} reports no size`);
  const free = (bavail * bsize) / mib;
  const message = `${free} MiB are free for ${folder}`;
  const action = "free space: when the disk is full, messages are answered 503 store_unavailable";
  if (free < 100n) return finding("failed", message, action);
  if (free < 1024n) return finding("warning", message, action);
  return finding("ok", message);
}
