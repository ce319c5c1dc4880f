import { globSync, readFileSync } from "node:fs";
import { generateSecret } from "@sessionhook/core";
import { describe, expect, it } from "vitest";
import { loadConfig } from "../src/index.js";

const docs = new URL("../../../docs/", import.meta.url);
const pages = [
  ...globSync("destinations/*.md", { cwd: docs }),
  "configuration.md",
  "../README.md",
].toSorted();

/** The JSON snippets of a page that are configuration files. */
const snippetsOf = (page: string) =>
  [...readFileSync(new URL(page, docs), "utf8").matchAll(/^ *```json\n([\s\S]*?)^ *```$/gm)].map(
    ([, text = ""]) => text,
  );

const env = {
  BACKEND_SECRET: generateSecret(),
  SLACK_URL: "https://hooks.slack.com/services/T000/B000/x",
  CRM_AUTHORIZATION: "Bearer x",
};

describe("the configuration in the documentation", () => {
  it("is found", () => {
    expect(pages.flatMap(snippetsOf).length).toBeGreaterThan(5);
  });

  it.each(pages.flatMap((page) => snippetsOf(page).map((text, i) => [page, i + 1, text] as const)))(
    "%s: snippet %d is valid",
    async (_page, _number, text) => {
      const config = await loadConfig({
        path: "sessionhook.config.json",
        env,
        exists: () => true,
        readFile: () => text,
        reasonOf: String,
        importModule: () => Promise.reject(new Error("not JSON")),
        typescriptProblem: undefined,
      });
      expect(config.destinations.length).toBeGreaterThan(0);
    },
  );

  it("gives the defaults of every type", async () => {
    const page = readFileSync(new URL("destinations/README.md", docs), "utf8");
    const { drivers } = await import("@sessionhook/destinations");
    for (const { type, defaults } of Object.values(drivers))
      expect(page.replaceAll(/ +/g, " ")).toContain(
        `| \`${type}\` | ${defaults.concurrency} | ${defaults.timeoutMs / 1000} s |`,
      );
  });
});
