import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { AppCommand } from "./app-process.js";
import { useApps } from "./use-apps.js";

const slackUrl = "https://hooks.slack.com/services/T000/B000/c4n4ry";

/** A destination for each kind of file: functions are possible in code only. */
const files = {
  "sessionhook.config.json":
    '{ "destinations": { "sales": { "type": "slack", "url": { "env": "SLACK_URL" } } } }',
  "sessionhook.config.js":
    'export default { destinations: { sales: { type: "slack", url: { env: "SLACK_URL" } }, crm: { type: "code", handle: () => undefined } } };',
  "sessionhook.config.ts": `interface Reference { readonly env: string }
const url: Reference = { env: "SLACK_URL" };
export default { destinations: { sales: { type: "slack", url } } };`,
} as const;

/** Cases of the configuration file that every long-running app must pass. */
export function describeConfigFile(command: AppCommand): void {
  const make = useApps(command);

  it.each(Object.entries(files))("%s is read at start", async (name, text) => {
    const app = make({ SLACK_URL: slackUrl });
    writeFileSync(join(app.folder, name), text);
    const result = await app.start().then(
      () => "started",
      (reason: Error) => reason.message,
    );
    // The oldest Node cannot import TypeScript, and the message names what can be used instead.
    if (name.endsWith(".ts") && result !== "started")
      expect(result).toMatch(
        /sessionhook\.config\.ts: needs Node 22\.18 or newer.* use sessionhook\.config\.js/s,
      );
    else expect(result).toBe("started");

    const broken = make({ SLACK_URL: slackUrl });
    writeFileSync(join(broken.folder, name), text.replace("slack", "slak"));
    await expect(broken.start()).rejects.toThrow(/did you mean slack\?|needs Node 22\.18/);
  });

  it.each([
    [
      "of its syntax",
      'export default {\n  destinations: {\n    crm: { type: "http" url: "x" },\n  },\n};\n',
      3,
    ],
    ["that it throws", 'const x = 1;\n\n\nthrow new Error("no token");\n', 4],
  ])("names the line of an error %s", async (_, text, line) => {
    const app = make();
    writeFileSync(join(app.folder, "sessionhook.config.ts"), text);
    const message = await app.start().then(
      () => "started",
      (reason: Error) => reason.message,
    );
    expect(message).toMatch(
      new RegExp(`cannot be loaded: \\w*Error: .*\\(sessionhook\\.config\\.ts:${line}\\b|needs Node 22\\.18`),
    );
  });

  it("stops the start with a message if it ends the process", async () => {
    const app = make();
    writeFileSync(join(app.folder, "sessionhook.config.js"), "process.exit(0);\nexport default {};\n");
    await expect(app.start()).rejects.toThrow(
      /^exit 1: [^]*sessionhook: cannot start with these settings\n {2}sessionhook\.config\.js: cannot be loaded: it, or a file that it imports, ends the process\n/,
    );
  });

  it("stops the start with all problems and no secret", async () => {
    const app = make({ SLACK_URL: slackUrl });
    const text = `{
  "destinations": {
    "sales": { "type": "slack", "url": "${slackUrl}" },
    "backend": { "type": "http", "url": { "env": "NO_SUCH_URL" }, "when": "company.employes > 5" }
  }
}`;
    writeFileSync(join(app.folder, "sessionhook.config.json"), text);
    const message = await app.start().then(
      () => "started",
      (reason: Error) => reason.message,
    );
    expect(message).toMatch(/^exit 1: /);
    expect(message).toContain(
      'sessionhook.config.json:3:33: destinations.sales.url: must be { "env": "NAME" }',
    );
    expect(message).toContain(
      "json:4:34: destinations.backend.url: the environment variable NO_SUCH_URL is not set",
    );
    expect(message).toMatch(/json:4:84: destinations\.backend\.when: .*employes/);
    expect(message).not.toContain("c4n4ry");
  });
}
