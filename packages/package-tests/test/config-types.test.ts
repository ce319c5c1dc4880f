import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { compile } from "./compile.js";

const app = fileURLToPath(new URL("../../app", import.meta.url));

const head = 'import { code, defineConfig, env, file } from "@sessionhook/app/config";\n';
const backend = 'type: "http", url: "https://api.example.com/hooks", secret: env("BACKEND_SECRET")';

/** A configuration with one destination of these keys. */
const one = (keys: string) =>
  `${head}export default defineConfig({ destinations: { backend: { ${keys} } } });\nvoid [code, env, file];\n`;

/** Mistakes, each with the text that TypeScript must name. */
const mistakes: readonly (readonly [string, string, RegExp])[] = [
  ["a misspelt key", `${backend}, cooldwn: { per: "person", for: "24h" }`, /cooldwn/],
  ["a misspelt type", 'type: "htp", url: "https://example.com"', /"htp"/],
  ["a misspelt preset", `${backend}, skip: ["bot"]`, /"bot"/],
  ["a literal secret", 'type: "http", url: "https://example.com", secret: "whsec_x"', /string/],
  ["a literal Slack URL", 'type: "slack", url: "https://hooks.slack.com/services/x"', /string/],
  ["no url", 'type: "http", secret: env("X")', /not assignable/],
  ["a duration without a unit", `${backend}, timeout: "5"`, /"5"/],
  ["a number as a duration", `${backend}, timeout: 5`, /number/],
  ["a misspelt unit", `${backend}, cooldown: { per: "person", for: "24 hours" }`, /24 hours/],
  ["an incomplete cooldown", `${backend}, cooldown: { per: "person" }`, /for/],
  ["a rate without a unit", `${backend}, rate: "20"`, /"20"/],
  ["a key of another type", `${backend}, digest: true`, /digest/],
  ["a status that is not delivered", `${backend}, statuses: ["conflict"]`, /"conflict"/],
  ["code without a handler", 'type: "code"', /not assignable/],
];

describe("the types of sessionhook.config.ts", () => {
  it("accept every destination", () => {
    const text = `${head}
export default defineConfig({
  destinations: {
    backend: { ${backend}, body: { map: { email: "{{person.email}}" } } },
    rotating: {
      type: "http",
      url: env("URL"),
      secret: [env("OLD"), file("/run/secrets/new")],
      headers: { "x-team": "growth", authorization: env("TOKEN") },
      network: "private",
      types: ["identity.session.finalized", "a.new.type"],
      retry: { schedule: ["1 s", "2min"], maxAge: "1.5d" },
      rate: "100/min",
    },
    sales: {
      type: "slack",
      url: env("SLACK_URL"),
      skip: ["bots", "no-person"],
      when: "company.employeeCount >= 50",
      cooldown: { per: "person", for: "24h" },
    },
    archive: { type: "files", path: "./data/archive" },
    crm: code({
      on: "identity.session.finalized",
      concurrency: 4,
      timeout: "10s",
      handle: async (event, { facts, reject, log, signal }) => {
        if (facts?.["personEmail"] === undefined) reject("no_email");
        log.info("handled", { type: event.type, aborted: signal.aborted });
      },
    }),
  },
  retention: { events: "180d", history: "30d" },
});
`;
    expect(compile({ "sessionhook.config.ts": text }, app)).toEqual([]);
  });

  it("need no import at run time", () => {
    const text = `import type { Config } from "@sessionhook/app/config";
export default {
  destinations: { backend: { type: "http", url: "https://example.com", secret: { env: "BACKEND_SECRET" } } },
} satisfies Config;
`;
    expect(compile({ "sessionhook.config.ts": text }, app)).toEqual([]);
  });

  it("report every mistake", () => {
    const files = Object.fromEntries(mistakes.map(([, keys], i) => [`mistake-${i}.ts`, one(keys)]));
    const errors = compile(files, app);
    const missed = mistakes.filter(
      ([, , text], i) => !errors.some((error) => error.startsWith(`mistake-${i}.ts`) && text.test(error)),
    );
    expect(missed.map(([name]) => name)).toEqual([]);
  });
});
