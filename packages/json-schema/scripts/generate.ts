import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { generatedFiles } from "./files.ts";
import { referencePages } from "./reference-pages.ts";

const pages = [...referencePages()].map(([file, text]) => [`../../docs/reference/${file}`, text] as const);

for (const [path, text] of [...generatedFiles(), ...pages]) {
  const file = fileURLToPath(new URL(`../${path}`, import.meta.url));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
