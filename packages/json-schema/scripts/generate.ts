import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { artefacts } from "./artefacts.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

for (const [file, text] of artefacts()) {
  const path = join(root, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
