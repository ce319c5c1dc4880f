import { resolve } from "node:path";
import { type PersonQuery, type PrivacyStore, type SearchProgress } from "@sessionhook/core";
import { personQueryError } from "@sessionhook/core/privacy";
import type { Command } from "commander";
import { usageError } from "../cli-error.js";
import { requireDatabase, storeFailure } from "../database-file.js";
import type { Shell } from "../shell.js";
import { storeAddress } from "../store-address.js";
import { numberOf } from "../cells.js";

export interface PersonOptions {
  readonly email?: string;
  readonly linkedin?: string;
  readonly vid?: string;
  readonly sid?: string;
}

export function addPersonOptions(command: Command): Command {
  return command
    .option("--email <address>", "an e-mail address of the person, in any case")
    .option("--linkedin <profile>", "address or identifier of the LinkedIn profile")
    .option("--vid <id>", "a visitor id")
    .option("--sid <id>", "a session id");
}

/** Calls `work` with the personal data of the SQLite database and the query of the options. */
export async function withPrivacy(
  shell: Shell,
  { email, linkedin, vid, sid }: PersonOptions,
  work: (privacy: PrivacyStore, query: PersonQuery) => Promise<void>,
): Promise<void> {
  const query = { email, linkedin, visitorId: vid, sessionId: sid };
  const error = personQueryError(query);
  const [option, ...others] = Object.entries({ email, linkedin, vid, sid }).flatMap(([name, value]) =>
    value === undefined ? [] : `--${name}`,
  );
  if (error !== undefined)
    throw usageError(
      option === undefined || others.length > 0
        ? `${error}: --email, --linkedin, --vid or --sid`
        : `${option}: ${error}`,
    );
  const store = storeAddress(shell);
  if (store.scheme !== "sqlite")
    throw usageError("SESSIONHOOK_STORE must be sqlite:<path>; docs/privacy.md describes other stores");
  const path = resolve(shell.cwd, store.path);
  requireDatabase(path);
  const { openPrivacyStore } = await import("@sessionhook/stores");
  let privacy: PrivacyStore | undefined;
  try {
    privacy = await openPrivacyStore({ ...store, path }, undefined, { anySize: true, upgrade: false });
    if (privacy !== undefined) await work(privacy, query);
  } catch (error) {
    throw error instanceof Error && "exitCode" in error ? error : storeFailure(error, path);
  } finally {
    await privacy?.close();
  }
}

/** Returns a function that shows the progress of a search on a terminal, and one that removes it. */
export function progressOn(shell: Shell): { readonly show: SearchProgress; readonly end: () => void } {
  const { stderr } = shell;
  if (stderr.isTTY !== true) return { show: () => undefined, end: () => undefined };
  return {
    show: ({ pass, read, total }) =>
      void stderr.write(`\r\u001b[KSearching, pass ${pass}: ${read} of ${numberOf(total, "event")}`),
    end: () => void stderr.write("\r\u001b[K"),
  };
}
