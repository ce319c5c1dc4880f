import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { artefacts } from "../scripts/artefacts.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const generated = artefacts();

it.each([...generated.keys()])("%s is what the generator makes of the schemas", (file) => {
  const path = join(root, file);
  expect(existsSync(path) ? readFileSync(path, "utf8") : "").toBe(generated.get(file));
});

it("no other file stands among the generated ones", () => {
  const files = globSync(["*.json", "draft-07/*", "examples/*", "vectors/*"], { cwd: root });
  const own = new Set(["package.json"]);
  expect(files.filter((file) => !own.has(file)).toSorted()).toEqual([...generated.keys()].toSorted());
});

it("package.json exports and publishes every one of them", () => {
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    exports: Record<string, string>;
    files: string[];
  };
  const exported = globSync(
    Object.values(manifest.exports).map((path) => path.slice(2)),
    { cwd: root },
  );
  const published = globSync(
    manifest.files.map((path) => (path.includes(".") ? path : `${path}/**/*.*`)),
    { cwd: root },
  );
  for (const file of generated.keys()) {
    expect(exported, `exports: ${file}`).toContain(file);
    expect(published, `files: ${file}`).toContain(file);
  }
});
