import { mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describeDestination } from "@sessionhook/conformance/destination-suite";
import { drivers } from "../registry.js";

async function linesIn(folder: string): Promise<Record<string, unknown>[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(".ndjson.gz"));
  const texts = await Promise.all(
    names.map(async (name) => gunzipSync(await readFile(join(folder, name))).toString()),
  );
  return texts.flatMap((text) =>
    text
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as Record<string, unknown>),
  );
}

describeDestination("files", {
  can: ["fails"],
  sends: 20,
  failure: "blocked",
  secrets: [],
  arrivesOnClose: true,
  make: async () => {
    const root = await mkdtemp(join(tmpdir(), "sessionhook-files-"));
    const [real, file] = [join(root, "real"), join(root, "file")];
    await mkdir(real);
    await writeFile(file, "");
    // Another folder, or a file in place of one: permissions do not hold root.
    const become = async (target: string) => {
      await symlink(target, join(root, "next"));
      await rename(join(root, "next"), join(root, "archive"));
    };
    await become(real);
    return {
      open: () => drivers.files.create({ path: "archive" }, { name: "archive", folder: root, now: Date.now }),
      behave: (how) => become(how === "fails" ? file : real),
      arrived: async () => (await linesIn(real)).map(({ id }) => String(id)),
      cleanup: () => rm(root, { recursive: true }),
    };
  },
});
