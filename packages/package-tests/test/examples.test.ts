import { execFile } from "node:child_process";
import {
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compile } from "./compile.js";
import { message, secret } from "./signed-message.js";

const run = promisify(execFile);
const here = fileURLToPath(new URL("..", import.meta.url));
const root = fileURLToPath(new URL("../../..", import.meta.url));

/** The code of every `@example`, by the name of what follows it. */
const examples = Object.fromEntries(
  globSync("packages/*/src/**/*.ts", { cwd: root })
    .toSorted()
    .flatMap((file) =>
      [
        ...readFileSync(join(root, file), "utf8").matchAll(
          / \* @example\n \* ```ts\n((?: \*.*\n)*?) \* ```\n \*\/\n(.*)$/gm,
        ),
      ].map(([, block = "", declaration = ""]) => [
        /(?:function|class) (\w+)/.exec(declaration)?.[1] ?? declaration,
        block.replaceAll(/^ \* ?/gm, ""),
      ]),
    ),
);

/** The functions that people call most. */
const called = [
  "ConfigurationError",
  "InvalidPayloadError",
  "SignatureError",
  "SigningSecrets",
  "Webhook",
  "classifyEvent",
  "code",
  "constantTimeEqual",
  "createHistory",
  "createMemoryStore",
  "createSigner",
  "createSimulator",
  "createWebhookHandler",
  "defineConfig",
  "factsOf",
  "fastifyWebhook",
  "generateKeyPair",
  "generateSecret",
  "nodeHandler",
  "openSqliteStore",
  "parseEvent",
  "personQueryError",
  "recordsOf",
  "sign",
  "toJsonSchema",
  "unknownFields",
  "unwrap",
  "verifySignature",
];

/** Sends a genuine and a forged message to the export of an example; prints the two statuses. */
const driver = `
const { body, headers } = JSON.parse(process.env.MESSAGE);
const messages = [body, body.trim()].map((body) => ({ method: "POST", headers, body }));
const exported = await import(process.argv[2]);
const statuses = [];
const send = async (post) => {
  for (const message of messages) statuses.push(await post(message).catch((error) => error.code));
};
if (exported.POST) await send(async (message) => (await exported.POST(new Request("http://localhost/", message))).status);
if (exported.app) await send(async (message) => (await exported.app.inject({ ...message, url: "/webhooks", payload: message.body })).statusCode);
if (exported.server) {
  await new Promise((resolve) => exported.server.listen(0, "127.0.0.1", resolve));
  const url = "http://127.0.0.1:" + exported.server.address().port;
  await send(async (message) => (await fetch(url, message)).status);
  exported.server.close();
  exported.server.closeAllConnections();
}
process.stdout.write("\\n" + JSON.stringify(statuses));
`;
const answers: Readonly<Record<string, readonly unknown[]>> = {
  createWebhookHandler: [200, 401],
  fastifyWebhook: [200, 401],
  nodeHandler: [200, 401],
  unwrap: [200, "signature_mismatch"],
};

/** The example with every \`value; // => expected\` as an assertion. */
function asserted(code: string): string {
  const lines = code.replaceAll(/^(?:(if \(.*\)) )?(\S.*); \/\/ => (.*)$/gm, "$1 deepEqual($2, $3);");
  return `import { deepStrictEqual as deepEqual } from "node:assert";\n${lines}`;
}

describe("the @examples", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(realpathSync(tmpdir()), "sessionhook-examples-"));
    mkdirSync(join(folder, "data"));
    symlinkSync(join(here, "node_modules"), join(folder, "node_modules"));
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    writeFileSync(join(folder, "driver.js"), driver);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("exist on the most used functions", () => {
    expect(Object.keys(examples).toSorted()).toEqual(called);
  });

  it("compile unchanged in strict mode", () => {
    const files = Object.entries(examples).map(([name, code]) => [`${name}.ts`, code]);
    expect(compile(Object.fromEntries(files))).toEqual([]);
  });

  it.each(Object.entries(examples))("%s: runs, and gives what it says", async (name, code) => {
    writeFileSync(join(folder, `${name}.ts`), asserted(code));
    const said = code.match(/\/\/ => /g)?.length ?? 0;
    expect(asserted(code).match(/deepEqual\(/g)?.length ?? 0).toBe(said);
    expect(said > 0 || answers[name] !== undefined, "says or exports something").toBe(true);
    const sources = join(root, "packages", "core", "scripts", "resolve-sources.ts");
    const { stdout } = await run(
      process.execPath,
      ["--conditions=@sessionhook/source", `--import=${sources}`, "driver.js", `./${name}.ts`],
      { cwd: folder, env: { ...process.env, WEBHOOK_SECRET: secret, MESSAGE: JSON.stringify(message()) } },
    );
    expect(JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "")).toEqual(answers[name] ?? []);
  });
});
