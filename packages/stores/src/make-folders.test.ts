import { existsSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { useFolder } from "../test/folder.js";
import { openSqliteStore } from "./sqlite.js";
import { makeFolders } from "./make-folders.js";

const inFolder = useFolder();

test("creates a folder with its parents for the owner only, also a second time", () => {
  for (const folder of ["a/b/c", "a/b/c", "a/b/d"]) makeFolders(inFolder(folder));
  for (const folder of ["a", "a/b", "a/b/c", "a/b/d"])
    expect(statSync(inFolder(folder)).mode & 0o777).toBe(0o700);
});

test("creates none below a file or a symbolic link to nothing", () => {
  writeFileSync(inFolder("file"), "");
  symlinkSync("nowhere", inFolder("link"));
  for (const [folder, code] of [
    ["file", "EEXIST"],
    ["file/a/b", "ENOTDIR"],
    ["link", "EEXIST"],
    ["link/a", "EEXIST"],
  ] as const)
    expect(() => makeFolders(inFolder(folder))).toThrow(expect.objectContaining({ code }));
});

// With `recursive`, Node never returned.
test.skipIf(!existsSync("/proc/self"))("returns where a file system creates no folder", async () => {
  for (const folder of ["/proc/nope", "/proc/nope/deeper"]) {
    expect(() => makeFolders(folder)).toThrow(expect.objectContaining({ code: "ENOENT" }));
    await expect(openSqliteStore({ path: join(folder, "events.db") })).rejects.toThrow(
      "The folder of the database cannot be created",
    );
  }
});
