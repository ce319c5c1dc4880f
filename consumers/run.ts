import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startApp } from "./harness/app.ts";
import { readInputs } from "./harness/inputs.ts";
import { languages } from "./harness/languages.ts";
import { runLanguage } from "./harness/run-language.ts";
import { columns } from "./harness/language.ts";
import { root } from "./harness/paths.ts";
import { differences, isFault, reasons, table } from "./harness/table.ts";

/** `npm run consumers [-- python go … --update]`: all languages, or those named. */
const names = process.argv.slice(2).filter((arg) => !arg.startsWith("--"));
const unknown = names.filter((name) => !languages.some(({ folder }) => folder === name));
if (unknown.length > 0) {
  console.error(
    `Unknown consumer ${unknown.join(", ")}. Choose from: ${languages.map((one) => one.folder).join(", ")}`,
  );
  process.exit(2);
}
/** In CI, every consumer must run. */
const strict = process.env["CI"] === "true" || process.env["REQUIRE_CONSUMERS"] === "1";

const inputs = readInputs();
const app = await startApp();
const outcomes = languages
  .filter(({ folder }) => names.length === 0 || names.includes(folder))
  .map((language) => {
    process.stderr.write(`${language.name} …\n`);
    return runLanguage(language, inputs, app);
  });
await app.stop();

console.log(`\n${table(outcomes)}`);
const why = reasons(outcomes);
if (why !== "") console.log(`\n${why}`);

const file = join(root, "consumers", "library-differences.json");
const known = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>) : {};
const found = differences(outcomes);
const changed = Object.keys(found).filter(
  (name) => JSON.stringify(found[name]) !== JSON.stringify(known[name]),
);
if (process.argv.includes("--update"))
  writeFileSync(file, `${JSON.stringify({ ...known, ...found }, null, 2)}\n`);
else if (changed.length > 0)
  console.log(
    `\nThe signature libraries of ${changed.join(", ")} differ from core in other cases than library-differences.json and docs/guides/signature-libraries.md list. Check both files, then run with --update.`,
  );

const faulty = outcomes.some(({ cells }) => columns.some((column) => isFault(cells[column], strict)));
process.exitCode = faulty || (changed.length > 0 && !process.argv.includes("--update")) ? 1 : 0;
