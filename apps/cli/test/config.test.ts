import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { generateSecret } from "@sessionhook/core";
import { describe, expect, it } from "vitest";
import { runCli, runInShell, scratch } from "./run-cli.js";

const secret = generateSecret();
const slackUrl = "https://hooks.slack.com/services/T000/B000/c4n4ry";
const env = { BACKEND_SECRET: secret, SLACK_URL: slackUrl };

const config = `{
  "destinations": {
    "backend": { "type": "http", "url": "https://api.example.com/hooks", "secret": { "env": "BACKEND_SECRET" } },
    "sales": {
      "type": "slack",
      "url": { "env": "SLACK_URL" },
      "skip": ["bots", "no-person"],
      "when": "company.employeeCount >= 50",
      "cooldown": { "per": "person", "for": "24h" }
    },
    "large": { "type": "http", "url": "https://example.com", "body": { "map": { "mail": "{{person.email}}" } },
               "when": "company.employeeCount >= 1000000" }
  }
}
`;

const example = (name: string) =>
  readFile(new URL(`../../../packages/json-schema/examples/${name}.json`, import.meta.url));
const session = await example("identity.session.finalized.full");

/** Runs a command in a folder with a configuration file. */
async function run(args: string[], files: Record<string, string | Uint8Array>, stdin?: Uint8Array) {
  await using folder = await scratch();
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder.path, name), text);
  return await runCli(["config", ...args], {
    cwd: folder.path,
    env,
    ...(stdin === undefined ? {} : { stdin }),
  });
}

const json = "sessionhook.config.json";

describe("a configuration that leaves something behind", () => {
  const filled = (extra: string) =>
    `${extra}\nexport default { destinations: { a: { type: "code", handle: () => undefined } } };`;
  const open = filled("setInterval(() => undefined, 1000);");
  const js = "sessionhook.config.mjs";
  const check = (text: string, ...args: string[]) => run(["check", "--config", js, ...args], { [js]: text });

  it.each([["check"], ["try", "--file", "event.json"]])(
    "ends when the command %s is done",
    async (...args) => {
      const files = { [js]: open, "event.json": new Uint8Array(session) };
      const { code, stderr } = await run([...args, "--config", js], files);
      expect([code, stderr]).toEqual([0, ""]);
    },
    20_000,
  );

  it("ends with code 1 if it is not valid", async () => {
    const { code, stderr } = await check(`${open}\nthrow new Error("no");`);
    expect([code, stderr]).toEqual([1, expect.stringContaining("cannot be loaded: Error: no")]);
  }, 20_000);

  it.each([
    ["itself", filled("process.exit(0);")],
    ["in a file that it imports", filled('import "./script.mjs";')],
  ])("ends with code 1 and a message if it ends the process %s", async (_, text) => {
    const files = { [js]: text, "script.mjs": "process.exit(0);" };
    const { code, stdout, stderr } = await run(["check", "--config", js], files);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(
      /^error: sessionhook\.config\.mjs: cannot be loaded: it, or a file that it imports, ends the process\n$/,
    );
  });

  it("is printed completely to a slow reader", async () => {
    const when = `has(person.email) && person.email != "${"x".repeat(3000)}"`;
    const destinations = Array.from({ length: 60 }, (_, i) => [
      `a${i}`,
      `{ type: "code", when: ${JSON.stringify(when)}, handle: () => undefined }`,
    ]);
    const text = `setInterval(() => undefined, 1000);
      export default { destinations: { ${destinations.map(([name, value]) => `${name}: ${value}`).join(", ")} } };`;
    await using folder = await scratch();
    await writeFile(join(folder.path, js), text);
    const args = ["config", "check", "--config", js, "--json"];
    const { code, stdout } = await runInShell(`set -o pipefail; "$@" | (sleep 1; cat)`, args, {
      cwd: folder.path,
    });
    expect(code).toBe(0);
    expect(stdout.length).toBeGreaterThan(180_000);
    expect((JSON.parse(stdout) as { destinations: unknown[] }).destinations).toHaveLength(60);
  }, 20_000);

  it("is not valid if it leaves a rejected promise behind", async () => {
    const { code, stdout, stderr } = await check(filled(`Promise.reject(new Error("late"));`));
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(
      /^error: sessionhook\.config\.mjs: cannot be loaded: Error: late \(sessionhook\.config\.mjs:1:\d+\)\n$/,
    );
  });
});

describe("config check", () => {
  it("prints the destinations of a valid file", async () => {
    const { code, stdout, stderr } = await run(["check"], { [json]: config });
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout.split("\n")).toEqual([
      "sessionhook.config.json: valid, 3 destinations",
      "backend  http   accepted",
      "sales    slack  accepted; skip bots, no-person; when company.employeeCount >= 50; once per person in 1 d",
      "large    http   accepted; when company.employeeCount >= 1000000",
      "retention: events for ever, history 30 d",
      "",
    ]);
    expect(stdout).not.toContain("c4n4ry");
  });

  it("prints every problem with line, column and caret, and no value", async () => {
    const broken = config
      .replace("employeeCount >= 50", "employees >= 50")
      .replace('"cooldown"', '"cooldwn"')
      .replace('{ "env": "BACKEND_SECRET" }', `"${secret}"`)
      .replace("SLACK_URL", "NO_SUCH_URL");
    const { code, stdout, stderr } = await run(["check"], { [json]: broken });
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr.split("\n")).toEqual([
      expect.stringMatching(
        /^error: sessionhook\.config\.json:3:74: destinations\.backend\.secret: must be \{ "env"/,
      ),
      "sessionhook.config.json:6:7: destinations.sales.url: the environment variable NO_SUCH_URL is not set",
      expect.stringMatching(/^sessionhook\.config\.json:8:24: destinations\.sales\.when: .*employees/),
      "  company.employees >= 50",
      "          ^",
      "sessionhook.config.json:9:7: destinations.sales.cooldwn: is not a key; did you mean cooldown?",
      "",
    ]);
    expect(stderr).not.toContain(secret);
  });

  it("prints JSON for scripts", async () => {
    const valid = await run(["check", "--json"], { [json]: config });
    expect([valid.code, JSON.parse(valid.stdout)]).toMatchObject([
      0,
      {
        valid: true,
        file: json,
        destinations: [{ name: "backend", type: "http", timeoutMs: 15_000 }, {}, {}],
      },
    ]);
    const invalid = await run(["check", "--json"], { [json]: "{" });
    expect([invalid.code, JSON.parse(invalid.stdout)]).toMatchObject([
      1,
      { valid: false, error: { code: "invalid_config" }, problems: [{ key: "" }] },
    ]);
  });

  it("reads TypeScript and JavaScript, with functions", async () => {
    const ts = `const timeout: string = "5 s";
export default { destinations: { crm: { type: "code", timeout, handle: async () => undefined } } };\n`;
    expect(await run(["check"], { "sessionhook.config.ts": ts, [json]: "{" })).toMatchObject({
      code: 0,
      stderr: "",
      stdout: expect.stringContaining("sessionhook.config.ts: valid, 1 destination\ncrm  code  accepted\n"),
    });
    const js = "export default { destinations: { a: { type: 'files', pth: 'x' } } };\n";
    expect(await run(["check"], { "sessionhook.config.js": js })).toMatchObject({
      code: 1,
      stderr:
        "error: sessionhook.config.js: destinations.a.path: is missing: it must be a path\n" +
        "sessionhook.config.js: destinations.a.pth: is not a key; did you mean path?\n",
    });
    expect(await run(["check"], { "sessionhook.config.ts": "export default {" })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("sessionhook.config.ts: cannot be loaded: "),
    });
  });

  it("names the file that is missing", async () => {
    expect(await run(["check"], {})).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("There is no sessionhook.config.ts, .js or .json in "),
    });
    expect(await run(["check", "--config", "other.json"], { [json]: config })).toMatchObject({
      code: 1,
      stderr: "error: other.json: the file other.json cannot be read: there is no such file\n",
    });
  });
});

describe("config try", () => {
  it("shows what each destination would get, and why not", async () => {
    const { code, stdout, stderr } = await run(["try", "--file", "-"], { [json]: config }, session);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^accepted {2}identity\.session\.finalized {2}evt_/);
    expect(stdout).toContain("\nbackend  http  gets it\n  {\n");
    expect(stdout).toContain(
      "\nsales  slack  gets it, unless it got one about the same person within 1 d\n  *",
    );
    expect(stdout).toContain(
      "\nlarge  http  does not get it: when is false: company.employeeCount >= 1000000\n",
    );
    expect(stdout).not.toContain("c4n4ry");
  });

  it("shows the body that would be sent", async () => {
    const all = config.replace("1000000", "1");
    const { stdout } = await run(["try", "--file", "-", "--json"], { [json]: all }, session);
    const { destinations } = JSON.parse(stdout) as { destinations: { name: string; body: string }[] };
    expect(destinations.map(({ name }) => name)).toEqual(["backend", "sales", "large"]);
    expect(destinations[0]?.body).toBe(session.toString());
    expect(JSON.parse(destinations[2]?.body ?? "")).toEqual({ mail: expect.stringContaining("@") });
  });

  it("explains an event that is not accepted", async () => {
    const body = Buffer.from('{"type":"identity.session.finalized"}');
    const { code, stdout } = await run(["try", "--file", "-"], { [json]: config }, body);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^quarantined {2}identity\.session\.finalized {2}evt_try\nissue: /);
    expect(stdout).toContain("\nbackend  http  does not get it: it gets events of status accepted\n");
  });

  it("needs a file and a valid configuration", async () => {
    expect(await run(["try"], { [json]: config })).toMatchObject({ code: 2 });
    expect(await run(["try", "--file", "no.json"], { [json]: config })).toMatchObject({ code: 2 });
    expect(await run(["try", "--file", "-"], { [json]: "{" }, session)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("is not valid JSON"),
    });
  });
});
