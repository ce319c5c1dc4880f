import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

/** Returns the lines of all complete files in a folder; throws if one is not gzip, or a line not JSON. */
export async function readFiles(folder: string): Promise<Record<string, unknown>[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(".ndjson.gz"));
  const texts = await Promise.all(
    names.sort().map(async (name) => gunzipSync(await readFile(join(folder, name))).toString()),
  );
  return texts.flatMap((text) =>
    text
      .split("\n")
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Record<string, unknown>),
  );
}
