import { reasonOf } from "@sessionhook/stores/file-error";
import { approximateDuration } from "../duration.js";
import { ownCommand } from "../own-command.js";
import type { Shell } from "../shell.js";
import { type Finding, findingsOf } from "./finding.js";

const finding = findingsOf("last backup");

/** Reports the last recorded backup. None is not a fault: other tools make backups too. */
export function backupFinding(shell: Shell, read: () => number | null): Finding {
  const now = shell.now();
  let at: number | null;
  try {
    at = read();
  } catch (error) {
    return finding("not checked", `its record cannot be read: ${reasonOf(error)}`);
  }
  if (at === null)
    return finding(
      "not checked",
      "none is recorded",
      `${ownCommand(shell, 'backup "backups/$(date +%F).db"')} makes one; docs/backup.md has more`,
    );
  const age = (now - at) / 1000;
  const relative = age < 0 ? `in ${approximateDuration(-age)}` : `${approximateDuration(age)} ago`;
  const message = `${new Date(at).toISOString()}, ${relative}`;
  return age < 0
    ? finding("warning", message, "correct the clock of this machine, and make another backup")
    : finding("ok", message);
}
