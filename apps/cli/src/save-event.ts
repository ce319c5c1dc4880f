import { join, relative, resolve } from "node:path";
import { type ApiOptions, callBytes, callJson, eventPath } from "./admin-api.js";
import { CliError, failure, usageError } from "./cli-error.js";
import { ownCommand } from "./own-command.js";
import { existing, writePrivateFiles } from "./private-files.js";
import { print, printJson, type Shell, shellQuoted } from "./shell.js";
import { makeFolders } from "@sessionhook/stores/make-folders";

export interface SaveOptions extends ApiOptions {
  readonly folder: string;
  readonly eventVersion?: number;
  readonly force?: true;
  readonly json?: true;
}

/** Writes the exact body and the signed headers of an event as files, and prints the command that verifies them. */
export async function saveEvent(shell: Shell, id: string, options: SaveOptions): Promise<void> {
  const query = { version: options.eventVersion };
  const headers = await callJson(shell, options, "GET", eventPath(id, "/headers"), query);
  const body = await callBytes(shell, options, "GET", eventPath(id, "/raw"), query);
  const folder = resolve(shell.cwd, options.folder);
  const name = fileName(id, options.eventVersion ?? 1);
  const paths = {
    headers: join(folder, `${name}.headers.json`),
    body: join(folder, `${name}.${extension(body)}`),
  };
  const files = [
    { path: paths.body, content: body },
    { path: paths.headers, content: headers.text },
  ];
  try {
    makeFolders(folder);
    const found = options.force === true ? undefined : existing(files);
    if (found !== undefined) throw usageError(`The file ${found} already exists; --force replaces it`);
    await writePrivateFiles(files);
  } catch (error) {
    throw error instanceof CliError ? error : writeFailure(error, folder);
  }
  if (options.json === true) return printJson(shell, paths);
  const [headersPath, bodyPath] = [paths.headers, paths.body].map((path) => {
    const near = relative(shell.cwd, path);
    return shellQuoted(near.startsWith("-") ? `./${near}` : near);
  });
  print(shell, ownCommand(shell, `verify --headers ${headersPath} --ignore-timestamp ${bodyPath}`));
}

function writeFailure(cause: unknown, folder: string): CliError {
  const { code = "unknown reason", dest } = cause as NodeJS.ErrnoException & { dest?: string };
  if (code === "EEXIST") return usageError(`${folder} is not a folder`, { cause });
  return failure("file_error", `${dest ?? folder} cannot be written: ${code}`, { cause });
}

/** Returns a file name in plain ASCII, so that no id can contain a path; the inbox uses the same names. */
function fileName(id: string, version: number): string {
  const name = id.replaceAll(/[^\w-]+/g, "_").slice(0, 100);
  return `${name}${version === 1 ? "" : `-version-${version}`}`;
}

function extension(body: Uint8Array): string {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(body);
    return isJson(text) ? "json" : "txt";
  } catch {
    return "bin";
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
