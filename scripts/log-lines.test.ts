import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const cwd = fileURLToPath(new URL("..", import.meta.url));
const read = (file: string) => readFileSync(`${cwd}${file}`, "utf8");

const sources = globSync(
  "{packages/{app,delivery,destinations,ingest,receiver,server},apps/{aws-lambda,cloudflare-workers}}/src/**/*.ts",
  {
    cwd,
  },
).filter((file) => !file.endsWith(".test.ts"));
const code = sources.map(read).join("\n");

/** Texts of warnings and errors that the code logs, without those that it passes in a variable. */
const logged = [...code.matchAll(/\blog\.(?:warn|warning|error|fatal)\(\s*"([^"]+)"/g)].map(
  ([, text = ""]) => text,
);

it("docs/monitoring.md lists the warnings and errors of the log", () => {
  const page = read("docs/monitoring.md");
  const [, section = ""] = page.split("### Lines that need attention");
  const lines = [...section.matchAll(/^\| ((?:`[^`]+`(?:, )?)+) +\|/gm)].flatMap(([, cell = ""]) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, text = ""]) => text),
  );
  const ends = [...section.matchAll(/(?:Ends with|failure) `([^`]+)`/g)].map(([, text = ""]) => text);
  expect(logged.length).toBeGreaterThan(20);
  expect(logged.filter((text) => !page.includes(`\`${text}\``))).toEqual([]);
  const template = (text: string) => text.replace("is ready again", "is {status} again");
  expect([...lines, ...ends].filter((text) => !code.includes(`"${template(text)}"`))).toEqual([]);
  expect(ends.length).toBeGreaterThan(5);
});
