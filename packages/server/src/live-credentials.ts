import process from "node:process";
import { getLogger } from "@logtape/logtape";
import type { SigningSecrets } from "@sessionhook/core";
import { type Environment, readSettingsAndFiles, secretFileSettings } from "./secret-files.js";

const log = getLogger(["sessionhook", "app"]);

/** The signing secrets and the admin token in use. */
export interface LiveCredentials {
  secrets: SigningSecrets;
  adminToken: string;
}

/**
 * Rereads the files of secrets on SIGHUP and exchanges both credentials at once. If a file cannot be used, logs why and
 * leaves both unchanged. Messages that are verified already are not affected.
 * @returns false on a terminal where no secret comes from a file: there SIGHUP means that the terminal was closed
 */
export function rereadOnHangup(env: Environment, live: LiveCredentials): boolean {
  const settings = secretFileSettings.map((name) => `${name}_FILE`);
  const files = settings.filter((name) => env[name] !== undefined);
  if (files.length === 0 && process.stdout.isTTY) return false;
  process.on("SIGHUP", () => {
    if (files.length === 0) return log.warn("nothing to reread: no setting names a file", { settings });
    try {
      const { secrets = live.secrets, adminToken = live.adminToken } = readSettingsAndFiles(env);
      Object.assign(live, { secrets, adminToken });
      log.info("credentials reread", { files });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      log.error("credentials not reread; the old ones remain in use", { reason });
    }
  });
  return true;
}
