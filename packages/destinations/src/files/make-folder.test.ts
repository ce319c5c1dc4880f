import { existsSync } from "node:fs";
import { mkdtemp, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { deliveryItem, noDeadline } from "@sessionhook/conformance/destination-suite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { drivers } from "../registry.js";
import { makeFolder } from "./make-folder.js";

let root = "";
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "sessionhook-folder-"));
});
afterEach(() => rm(root, { recursive: true }));

const codeOf = (folder: string) =>
  makeFolder(folder).then(
    () => "made",
    (error: NodeJS.ErrnoException) => error.code,
  );

describe("a folder", () => {
  it("is created with its parents, for the owner only", async () => {
    const folder = join(root, "a", "b", "c");
    await Promise.all([makeFolder(folder), makeFolder(folder), makeFolder(join(root, "a", "b", "d"))]);
    for (const path of [join(root, "a"), folder])
      if (process.platform !== "win32") expect(((await stat(path)).mode & 0o777).toString(8)).toBe("700");
    expect(await codeOf(folder)).toBe("made");
  });

  it("is not created where or below what is no folder", async () => {
    await writeFile(join(root, "file"), "");
    await symlink("nowhere", join(root, "link"));
    expect(await codeOf(join(root, "file"))).toBe("ENOTDIR");
    expect(await codeOf(join(root, "file", "a", "b"))).toBe("ENOTDIR");
    expect(await codeOf(join(root, "link"))).toBe("EEXIST");
    expect(await codeOf(join(root, "link", "a"))).toBe("EEXIST");
  });

  // With `recursive`, Node never returned here, and the process could not end.
  it.skipIf(!existsSync("/proc/self"))("blocks the destination where none can be created", async () => {
    for (const path of ["/proc/nope", "/proc/nope/deeper"]) {
      const files = await drivers.files.create({ path }, { name: "archive", folder: root, now: Date.now });
      const blocked = { outcome: "blocked", reason: { code: "not_permitted" } };
      expect(await files.send([deliveryItem()], noDeadline)).toEqual([blocked]);
      expect(await files.check?.(noDeadline)).toEqual(blocked);
      await files.close();
    }
  });
});

describe("the path in the configuration", () => {
  const problemsOf = async (path: string, folder: string | undefined = root) =>
    (await drivers.files.problems?.({ path }, folder))?.map(
      ({ path, message }) => `${path.join(".")} ${message}`,
    );

  it("may be a folder, or a path where nothing is yet", async () => {
    await symlink(root, join(root, "link"));
    for (const path of [root, join(root, "link"), join(root, "a", "b"), "/proc/nope", "./no-such-folder"])
      expect(await problemsOf(path)).toEqual([]);
    expect(existsSync(join(root, "a"))).toBe(false);
  });

  it("must not be a file, nor below one, where the disk is checked", async () => {
    await writeFile(join(root, "file.db"), "");
    for (const path of [join(root, "file.db"), "./file.db"])
      expect(await problemsOf(path)).toEqual([
        "path is a file; it must be a folder, or a path where none exists yet",
      ]);
    expect(await problemsOf("file.db/a/b")).toEqual([
      "path is below a file; it must be a folder, or a path where none exists yet",
    ]);
    expect(await drivers.files.problems?.({ path: join(root, "file.db") })).toEqual([]);
  });
});
