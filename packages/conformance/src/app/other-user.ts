import { spawnSync } from "node:child_process";
import { chownSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import type { AppCommand, AppProcess } from "./app-process.js";

/** A user without privileges; no name belongs to it. */
export const otherUser = 61_234;

const setpriv = [`--reuid=${otherUser}`, `--regid=${otherUser}`, "--clear-groups", "--bounding-set=-all"];

/** The same command, run by another user than the one that runs the tests. */
export function asOtherUser(command: AppCommand): AppCommand {
  return (env) => {
    const { file, args } = command(env);
    return { file: "setpriv", args: [...setpriv, file, ...args] };
  };
}

/** Gives the folder of an app to the other user. Deno wants a folder for its cache, which a user without a home lacks. */
export function giveToOtherUser(app: AppProcess): void {
  chownSync(app.folder, otherUser, otherUser);
  app.env["DENO_DIR"] = join(app.folder, ".deno");
}

/** Returns why tests cannot run as another user here; undefined if they can. CI requires them (REQUIRE_OTHER_USER=1). */
export function otherUserMissing(command: AppCommand): string | undefined {
  const reason = whyNot(command);
  if (reason !== undefined && process.env["REQUIRE_OTHER_USER"] === "1") throw new Error(reason);
  return reason;
}

function whyNot(command: AppCommand): string | undefined {
  if (process.getuid?.() !== 0) return "needs root, to become another user";
  const main = command({}).args.at(-1) ?? "";
  const { status, error } = spawnSync("setpriv", [...setpriv, "test", "-r", main]);
  if (error !== undefined) return `needs setpriv: ${error.message}`;
  return status === 0 ? undefined : "needs a clone that other users can read";
}
