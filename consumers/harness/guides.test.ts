import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { guideBlock } from "./guides.ts";
import { languages } from "./languages.ts";
import { root } from "./paths.ts";

const guide = (name: string) => readFileSync(join(root, "docs", "guides", name), "utf8");
const pins = (file: string) => readFileSync(join(root, "consumers", file), "utf8");
const packages = (file: string) => {
  const { dependencies, devDependencies } = JSON.parse(pins(file)) as Record<string, Record<string, string>>;
  return { ...dependencies, ...devDependencies };
};

test("the guides install the versions that the consumers use", () => {
  for (const [, name, version] of guide("python.md").matchAll(/([\w-]+)==([\w.]+)/g))
    expect(pins("python/requirements.txt").replaceAll("_", "-").toLowerCase()).toContain(
      `${name}==${version}`,
    );
  const npm = { ...packages("go/package.json"), ...packages("typescript/package.json") };
  const installed = `${guideBlock("typescript.md", "sh", "npm install")} ${guideBlock("go.md", "sh", "npm install")}`;
  const versions = Object.fromEntries(
    [...installed.matchAll(/([\w-]+)@(\d[\w.]*)/g)].map(([, name, version]) => [name, version]),
  );
  expect(versions).toEqual(npm);
  expect(guide("typescript.md")).toContain(packages("modelina/package.json")["@asyncapi/modelina"]);
  expect(guide("java.md")).toContain(
    /plugin<\/artifactId>\s*<version>([^<]+)/.exec(pins("java/pom.xml"))?.[1],
  );
});

test("the Java guide shows the configuration of the consumer", () => {
  const lines = (text: string) => text.split("\n").map((line) => line.trim());
  const shown = lines(guideBlock("java.md", "xml", "<configuration>")).filter((line) => line !== "");
  const missing = shown.filter((line) => !lines(pins("java/pom.xml")).includes(line));
  // The guide reads the folder that npm pack and tar make.
  expect(missing).toEqual(["<sourceDirectory>package/codegen/java</sourceDirectory>"]);
});

test("every guide of generated types explains how to map times", () => {
  for (const name of ["python.md", "go.md", "rust.md", "java.md", "typescript.md", "openapi-generator.md"])
    expect(guide(name), name).toMatch(/Times are Unix\smilliseconds, possibly with a fraction/);
});

test("the consumers map times by the expressions of the guides", () => {
  const expressions: [string, string, string][] = [
    ["python.md", "/ 1000, tz=timezone.utc)", "python/consume.py"],
    ["go.md", "time.UnixMicro(int64(session.CreatedAt * 1000))", "go/main.go"],
    ["openapi-generator.md", "time.UnixMicro(int64(session.CreatedAt * 1000))", "openapi-generator/main.go"],
    [
      "rust.md",
      "UNIX_EPOCH + Duration::from_micros((session.created_at * 1000.0).round() as u64)",
      "rust/src/main.rs",
    ],
    [
      "java.md",
      "Instant.ofEpochSecond(0, time.movePointRight(6).longValue())",
      "java/src/main/java/consumer/Main.java",
    ],
  ];
  for (const [name, expression, file] of expressions) {
    expect(guide(name), name).toContain(expression);
    expect(pins(file), file).toContain(expression);
  }
});

test("docs/guides/generators.md lists every consumer and its limits", () => {
  const page = guide("generators.md");
  const rows = [
    "(Pydantic)",
    "(Go)",
    "(Rust)",
    "(Java)",
    "json-schema-to-typescript",
    "Modelina",
    "openapi-generator",
  ];
  expect(rows).toHaveLength(languages.length);
  for (const row of rows) expect(page).toContain(row);
  const limits = page.slice(page.indexOf("## Limits"));
  expect(limits.match(/^\| (?!-|generator )/gm)).toHaveLength(
    languages.filter((language) => Object.keys(language.limits).length > 0).length,
  );
});

test("a block that a guide does not have is an error", () => {
  expect(() => guideBlock("python.md", "sh", "no such command")).toThrow(/has 0 blocks/);
});
