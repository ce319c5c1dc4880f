import { ConfigurationError } from "@sessionhook/core";
import { pathLeftoverOf } from "./path-leftover.js";

export { pathLeftoverOf };

/** A parsed store address. */
export type StoreAddress =
  | { readonly scheme: "memory" }
  | { readonly scheme: "sqlite"; readonly path: string }
  | { readonly scheme: "d1"; readonly binding: string }
  | { readonly scheme: "dynamodb"; readonly table: string; readonly retentionDays: number | undefined };

/** The default of SESSIONHOOK_STORE on Node, Bun and Deno. */
export const defaultStoreAddress = "sqlite:./data/sessionhook.db";

const examples = "memory:, sqlite:<path>, d1:<binding> or dynamodb:<table>";

/**
 * Parses `memory:`, `sqlite:<path>`, `d1:<binding>` or `dynamodb:<table>[?retentionDays=<days>]`.
 * @throws ConfigurationError `invalid_option`; the message names the reason and never quotes the address, which may
 * contain a password
 */
export function parseStoreAddress(address: string): StoreAddress {
  const { scheme = "", rest = "" } = /^(?<scheme>[a-z][a-z0-9+]*):(?<rest>.*)$/s.exec(address)?.groups ?? {};
  switch (scheme) {
    case "memory":
      if (rest !== "") throw invalid("must be exactly memory:, with nothing after it");
      return { scheme };
    case "sqlite":
      return { scheme, path: sqlitePath(rest) };
    case "d1":
      if (!/^[A-Za-z_$][\w$]*$/.test(rest)) throw invalid("must name a binding of the Worker: d1:DB");
      return { scheme, binding: rest };
    case "dynamodb":
      return { scheme, ...dynamoDbTable(rest) };
    case "file":
      throw invalid("must be written as a path, not as a file: URL: sqlite:./data/events.db");
    case "":
      throw invalid(`must be ${examples}`);
    default:
      throw invalid(`has an unknown scheme; use ${examples}`);
  }
}

/** Returns the folder for the files of an app (credentials, backups): the folder of the SQLite file, or `data`. */
export function dataFolderOf(address: StoreAddress): string {
  if (address.scheme !== "sqlite") return "data";
  const { path } = address;
  const end = Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\"));
  if (end < 0) return ".";
  return end === 0 ? "/" : path.slice(0, end);
}

function sqlitePath(path: string): string {
  if (path.trim() === "") throw invalid("must name a file: sqlite:./data/events.db");
  if (/^\/\/(?!\/)/.test(path))
    throw invalid("must name a path: sqlite:./data/events.db, or sqlite:/data/events.db from the root");
  const leftover = pathLeftoverOf(path);
  if (leftover !== undefined) throw invalid(`has a path that ${leftover}`);
  if (/^file:/i.test(path)) throw invalid("must name a path, not a file: URL: sqlite:/data/events.db");
  if (path.startsWith("~")) throw invalid("must be a full path: only a shell expands ~");
  if (/\?[a-z_]+=/i.test(path))
    throw invalid("must not have parameters: remove the question mark and the text after it");
  if (path === ":memory:") throw invalid("must be memory: for a store without a file");
  if (/[\\/]$/.test(path)) throw invalid("must name a file, not a folder: sqlite:./data/events.db");
  return path;
}

const maxRetentionDays = 36_500;

/** Returns whether DynamoDB allows the name of a table. */
export function isTableName(name: string): boolean {
  return /^[\w.-]{3,255}$/.test(name);
}

/** Returns whether rows of a DynamoDB table can expire after so many days. */
export function isRetentionDays(days: number): boolean {
  return Number.isInteger(days) && days >= 1 && days <= maxRetentionDays;
}

function dynamoDbTable(rest: string): { table: string; retentionDays: number | undefined } {
  const { table = "", days } =
    /^(?<table>[^?]*)(?:\?retentionDays=(?<days>\d{1,6}))?$/.exec(rest)?.groups ?? {};
  if (table === "") throw invalid("must be dynamodb:<table> or dynamodb:<table>?retentionDays=<days>");
  if (!isTableName(table))
    throw invalid("must name a table: 3 to 255 letters, digits, dots, hyphens and underscores, and no ARN");
  if (days === undefined) return { table, retentionDays: undefined };
  if (!isRetentionDays(Number(days))) throw invalid(`must have retentionDays from 1 to ${maxRetentionDays}`);
  return { table, retentionDays: Number(days) };
}

function invalid(message: string): ConfigurationError {
  return new ConfigurationError("invalid_option", message);
}
