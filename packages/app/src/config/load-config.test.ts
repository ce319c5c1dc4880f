import { generateSecret } from "@sessionhook/core";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, vi } from "vitest";
import { checkConfigWithoutDelivery } from "./check-without-delivery.js";
import { type ConfigWithFile, loadConfig, type LoadConfigOptions } from "./load-config.js";
import { code, defineConfig, env, file } from "./index.js";
import { SettingsError } from "../settings.js";

const secret = generateSecret();
const canary = "c4n4ry-9f2e";

/** Loads a configuration from files in memory. */
function load(
  files: Record<string, string | object>,
  options: Partial<LoadConfigOptions> = {},
): Promise<ConfigWithFile> {
  const missing = () => new Error(canary);
  return loadConfig({
    env: { SECRET: secret, SLACK_URL: "https://hooks.slack.com/services/T0/B0/xyz", EMPTY: " ", BAD: canary },
    exists: (path) => Object.hasOwn(files, path),
    readFile: (path) => {
      const content = files[path];
      if (content === undefined) throw missing();
      return typeof content === "string" ? content : "";
    },
    reasonOf: () => "there is no such file",
    importModule: (path) => Promise.resolve(files[path] as Record<string, unknown>),
    typescriptProblem: undefined,
    ...options,
  });
}

const json = "sessionhook.config.json";

/** The messages of every problem, without the name of the file. */
async function problems(value: unknown, options?: Partial<LoadConfigOptions>): Promise<string[]> {
  const text = typeof value === "string" ? value : JSON.stringify(value, null, 2);
  try {
    await load({ [json]: text, "empty.txt": "\n", "utf16.txt": "\uFFFDx\0" }, options);
    return [];
  } catch (error) {
    if (!SettingsError.isInstance(error)) throw error;
    expect(error.message).not.toContain(canary);
    return error.message.split("\n").map((line) => line.replace(`${json}:`, ""));
  }
}

const http = (keys: object = {}) => ({
  destinations: { a: { type: "http", url: "https://example.com", secret: { env: "SECRET" }, ...keys } },
});

describe("a valid configuration", () => {
  it("has the documented defaults", async () => {
    const { destinations, retention, file, text } = await load({ [json]: JSON.stringify(http()) });
    expect([file, text]).toEqual([json, JSON.stringify(http())]);
    expect(retention).toEqual({ eventsMs: undefined, historyMs: 30 * 86_400_000 });
    expect(destinations.map(({ type, options }) => [type, options])).toEqual([
      [
        "http",
        {
          name: "a",
          types: undefined,
          statuses: ["accepted"],
          skip: [],
          when: undefined,
          cooldown: undefined,
          concurrency: 10,
          rate: undefined,
          timeoutMs: 15_000,
          retry: {
            scheduleMs: [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400].map((s) => s * 1000),
            maxAgeMs: 7 * 86_400_000,
          },
        },
      ],
    ]);
  });

  it("may be absent or empty", async () => {
    const none = { destinations: [], retention: { eventsMs: undefined, historyMs: 30 * 86_400_000 } };
    expect(await load({})).toEqual({ ...none, file: undefined, text: undefined });
    const text = '{ "$schema": "x" }';
    expect(await load({ [json]: text })).toEqual({ ...none, file: json, text });
  });

  it("gives every common key", async () => {
    const keys = {
      types: ["identity.session.finalized"],
      statuses: ["accepted", "quarantined"],
      skip: ["bots", "no-person"],
      cooldown: { per: "person", for: "24h" },
      concurrency: 3,
      rate: "120/min",
      timeout: "5 s",
      retry: { schedule: ["1 s", "1 min"], maxAge: "1d" },
    };
    const { destinations, retention } = await load({
      [json]: JSON.stringify({ ...http(keys), retention: { events: "180d", history: "60d" } }),
    });
    expect(retention).toEqual({ eventsMs: 180 * 86_400_000, historyMs: 60 * 86_400_000 });
    expect(destinations[0]?.options).toMatchObject({
      types: ["identity.session.finalized"],
      statuses: ["accepted", "quarantined"],
      skip: ["bots", "no-person"],
      cooldown: { per: "person", forMs: 86_400_000 },
      concurrency: 3,
      rate: 2,
      timeoutMs: 5000,
      retry: { scheduleMs: [1000, 60_000], maxAgeMs: 86_400_000 },
    });
  });

  it("is the same in TypeScript, with functions besides", async () => {
    const config = defineConfig({
      destinations: {
        a: { type: "http", url: "https://example.com", secret: env("SECRET") },
        b: { type: "slack", url: file("url.txt"), skip: ["bots"] },
        c: code({ on: "identity.resolved", concurrency: 2, timeout: "1 s", handle: () => undefined }),
        d: { type: "files", path: "./archive" },
      },
    });
    const name = "sessionhook.config.ts";
    const files = { [name]: { default: config }, "url.txt": "https://hooks.slack.com/services/x\n" };
    const { destinations } = await load(files);
    expect(destinations.map(({ type, options }) => [options.name, type])).toEqual([
      ["a", "http"],
      ["b", "slack"],
      ["c", "code"],
      ["d", "files"],
    ]);
    expect(destinations[2]?.options).toMatchObject({
      types: ["identity.resolved"],
      concurrency: 2,
      timeoutMs: 1000,
    });
  });

  it("is the first file that exists, or the named one", async () => {
    const files = { "sessionhook.config.js": { default: {} }, [json]: "{}", "other.json": "{}" };
    expect((await load(files)).file).toBe("sessionhook.config.js");
    expect((await load({ ...files, "sessionhook.config.ts": { default: {} } })).file).toBe(
      "sessionhook.config.ts",
    );
    expect((await load(files, { path: "other.json" })).file).toBe("other.json");
  });

  it("creates its destinations", async () => {
    const { destinations } = await load({ [json]: JSON.stringify(http()) });
    const destination = await destinations[0]?.create({ folder: "/", now: Date.now });
    expect(destination?.target).toContain("example.com");
    await destination?.close();
  });
});

describe("problems name key, line and column", () => {
  it.each([
    ["{", `1:2: is not valid JSON: expected a key in double quotes (")`],
    [
      '{ "destinations": {\n  "a": {}, "a": {} } }',
      '2:12: is not valid JSON: the key "a" is already in the object; remove one of them',
    ],
    ["[]", "1:1: must be an object"],
    ["null", "1:1: must be an object"],
    ['{ "retension": {} }', "1:3: retension: is not a key; did you mean retention?"],
    ['{ "retention": 1 }', "1:3: retention: must be an object"],
    [
      '{ "retention": { "events": "1 year" } }',
      '1:18: retention.events: must be a duration from 1 d to 36500 d, such as "1 d"',
    ],
    ['{ "retention": { "history": "1 s" } }', "1:18: retention.history: must be from 1 d to 36500 d"],
    ['{ "destinations": [] }', "1:3: destinations: must be an object"],
    ['{ "destinations": { "a": 5 } }', "1:21: destinations.a: must be an object"],
    [
      '{ "destinations": { "a": {} } }',
      '1:21: destinations.a: must have a "type": one of "http", "files", "slack"',
    ],
    [
      '{ "destinations": { "a": { "type": "htpp" } } }',
      '1:28: destinations.a.type: must be one of "http", "files", "slack"; did you mean http?',
    ],
    [
      '{ "destinations": { "a": { "type": "code" } } }',
      '1:28: destinations.a.type: "code" needs sessionhook.config.ts or .js: JSON cannot contain functions',
    ],
    [
      '{ "destinations": { "a": { "type": "constructor" } } }',
      '1:28: destinations.a.type: must be one of "http", "files", "slack"',
    ],
    [
      '{ "destinations": { "a b": { "type": "files", "path": "x" } } }',
      '1:21: destinations."a b": a name must have 1 to 64 letters, digits, - or _, and begin with a letter or a digit',
    ],
    [
      '{ "destinations": { "a": { "type": "files", "path": "x" }, "A": { "type": "files", "path": "x" } } }',
      "1:60: destinations.A: differs from a only by the case of its letters",
    ],
    [
      '{ "destinations": { "a": { "type": "http" } } }',
      "1:21: destinations.a.url: is missing: it must be a URL",
    ],
  ])("%s", async (text, message) => {
    expect(await problems(text)).toEqual([message]);
  });

  it.each([
    [{ urll: "x" }, "destinations.a.urll: is not a key; did you mean url?"],
    [{ cooldwn: {} }, "destinations.a.cooldwn: is not a key; did you mean cooldown?"],
    [{ skip: ["bot"] }, /^destinations\.a\.skip\[0\]: must be one of "bots", /],
    [{ skip: "bots" }, "destinations.a.skip: must be a list"],
    [{ statuses: [] }, "destinations.a.statuses: must not be empty"],
    [{ statuses: ["conflict"] }, /^destinations\.a\.statuses\[0\]: must be one of "accepted"/],
    [
      { types: ["identity.session.finalised"] },
      "destinations.a.types[0]: is not an event type of this version; did you mean identity.session.finalized?",
    ],
    [{ concurrency: 0 }, "destinations.a.concurrency: must be at least 1"],
    [{ concurrency: 1.5 }, "destinations.a.concurrency: must be an integer"],
    [{ concurrency: "2" }, "destinations.a.concurrency: must be a number"],
    [{ rate: 20 }, "destinations.a.rate: must be a text"],
    [{ rate: "20" }, 'destinations.a.rate: must be a rate such as "20/s" or "100/min"'],
    [{ timeout: "1d" }, "destinations.a.timeout: must be from 100 ms to 10 min"],
    [{ cooldown: { per: "person" } }, "destinations.a.cooldown.for: is missing"],
    [
      { cooldown: { per: "visit", for: "1h" } },
      'destinations.a.cooldown.per: must be one of "person", "company"',
    ],
    [{ retry: { schedule: ["5 s", "x"] } }, /^destinations\.a\.retry\.schedule\[1\]: must be a duration/],
    [{ retry: { maxage: "1d" } }, "destinations.a.retry.maxage: is not a key; did you mean maxAge?"],
    [
      { body: { map: { x: "{{person.mail}}" } } },
      /^destinations\.a\.body\.map\.x: there is no fact person\.mail/,
    ],
    [{ network: "intranet" }, /^destinations\.a\.network: must be /],
  ])("%j", async (keys, message) => {
    const [first, ...rest] = await problems(http(keys));
    expect(rest).toEqual([]);
    expect(first?.replace(/^\d+:\d+: /, "")).toEqual(
      typeof message === "string" ? message : expect.stringMatching(message),
    );
  });

  it("reports the problems of the other keys beside one that does not fit", async () => {
    const body = { map: { x: "{{person.mail}}" } };
    const keys = { timeout: "1d", types: ["identity.session.finalised"], when: "bot ==", body };
    const all = (await problems(http(keys))).join("\n");
    for (const key of ["timeout", "types[0]", "when", "body.map.x"])
      expect(all).toContain(`destinations.a.${key}: `);
  });

  it("shows the place in a filter with a caret", async () => {
    const text =
      '{ "destinations": { "a": {\n  "type": "files", "path": "x",\n  "when": "company.emploeeCount >= 50" } } }';
    const [first, ...rest] = await problems(text);
    expect(first).toMatch(/^3:20: destinations\.a\.when: .*emploeeCount/);
    expect(rest).toEqual(["  company.emploeeCount >= 50", "          ^"]);
  });

  it("refuses a file as the folder of a files destination where the disk is checked", async () => {
    const diskFolder = dirname(fileURLToPath(import.meta.url));
    const problemsOf = (path: string, options: Partial<LoadConfigOptions> = { diskFolder }) =>
      problems({ destinations: { a: { type: "files", path } } }, options);
    const message = "it must be a folder, or a path where none exists yet";
    expect(await problemsOf("index.ts")).toEqual([`5:7: destinations.a.path: is a file; ${message}`]);
    expect(await problemsOf("./index.ts/archive")).toEqual([
      `5:7: destinations.a.path: is below a file; ${message}`,
    ]);
    expect(await problemsOf(".")).toEqual([]);
    expect(await problemsOf(`${diskFolder}/index.ts`, {})).toEqual([]);
  });

  it("reports all of one destination: headers, places of a map, address and facts", async () => {
    const keysOf = async (keys: object) =>
      (await problems(http(keys))).map((line) => line.replace(/^\d+:\d+: destinations\.a\.(.+?): .*/, "$1"));
    const headers = { host: "a", "webhook-id": "b", "x y": "c", "x-a": "1", "X-A": "2", ok: "3" };
    expect(await keysOf({ headers, body: { map: { a: "{{", b: "}}", c: 1 } } })).toEqual([
      "headers.host",
      "headers.webhook-id",
      'headers."x y"',
      "headers.X-A",
      "body.map.a",
      "body.map.b",
    ]);
    expect(
      await keysOf({ url: "http://10.0.0.1/", body: { map: { a: ["{{person.emial}}"], b: "{{x.y}}" } } }),
    ).toEqual(["url", "body.map.a[0]", "body.map.b"]);
  });

  it("reports all of them at once, in the order of the file", async () => {
    const text = `{
  "retention": { "events": 5 },
  "destinations": {
    "a": { "type": "http", "url": "ftp://x", "secret": { "env": "NO_SUCH_NAME" } },
    "b": { "type": "slack", "url": "https://hooks.slack.com/${canary}", "concurency": 1 }
  }
}`;
    expect(await problems(text)).toEqual([
      "2:18: retention.events: must be a text",
      "4:28: destinations.a.url: must begin with https:// or http://",
      "4:46: destinations.a.secret: the environment variable NO_SUCH_NAME is not set",
      '5:29: destinations.b.url: must be { "env": "NAME" } or { "file": "path" }: a secret, or a URL with one, does not belong in the configuration file',
      "5:103: destinations.b.concurency: is not a key; did you mean concurrency?".replace(
        "103",
        String(29 + `"url": "https://hooks.slack.com/${canary}", `.length),
      ),
    ]);
  });
});

describe("secrets", () => {
  it("are recognized by their names, and texts of other names can be in the file", async () => {
    expect(
      await problems(
        http({
          url: "https://example.com/token?source=sessionhook&keyword=a",
          headers: { "Idempotency-Key": "a", "x-author": "growth", "X-Auth-Token": { env: "SECRET" } },
        }),
      ),
    ).toEqual([]);
    const env = { SECRET: secret, URL: "https://example.com/?token=x" };
    expect(await problems(http({ url: { env: "URL" } }), { env })).toEqual([]);
  });

  it("are references in the values of headers, not in their names", async () => {
    expect(await problems(http({ headers: { env: "prod" } }))).toEqual([]);
    expect(await problems(http({ headers: { file: "x", env: { env: "SECRET" } } }))).toEqual([]);
    expect(await problems(http({ headers: { "x-a": { env: "NOT_SET" } } }))).toEqual([
      expect.stringContaining("destinations.a.headers.x-a: the environment variable NOT_SET is not set"),
    ]);
  });

  it("are no references in the map of a body, which has the names of the receiver", async () => {
    expect(
      await problems(http({ body: { map: { meta: { env: "production" }, at: { file: "" } } } })),
    ).toEqual([]);
  });

  it.each([
    [{ secret: canary }, /must be \{ "env": "NAME" \}/],
    [{ secret: [{ env: "SECRET" }, canary] }, /^destinations\.a\.secret\[1\]: must be \{ "env": "NAME" \}/],
    [{ headers: { Authorization: canary } }, /^destinations\.a\.headers\.Authorization: must be \{ "env"/],
    [{ headers: { Cookie: canary } }, /^destinations\.a\.headers\.Cookie: must be \{ "env"/],
    [{ headers: { "X-Auth-Token": canary } }, /^destinations\.a\.headers\.X-Auth-Token: must be \{ "env"/],
    [{ url: `https://example.com/?accessToken=${canary}` }, /^destinations\.a\.url: must be \{ "env"/],
    [{ headers: { ApiKey: canary } }, /^destinations\.a\.headers\.ApiKey: must be \{ "env"/],
    [{ headers: { "x-signature": canary } }, /^destinations\.a\.headers\.x-signature: must be \{ "env"/],
    [{ url: `https://example.com/?a=1&api_key=${canary}` }, /^destinations\.a\.url: must be \{ "env"/],
    [{ url: `https://example.com/?%74oken=${canary}` }, /^destinations\.a\.url: must be \{ "env"/],
    [{ secret: { env: "NOT_SET" } }, "destinations.a.secret: the environment variable NOT_SET is not set"],
    [{ secret: { env: "EMPTY" } }, "destinations.a.secret: the environment variable EMPTY is empty"],
    [{ secret: { env: "BAD" } }, /^destinations\.a\.secret: the environment variable BAD: /],
    [
      { secret: { file: "no.txt" } },
      "destinations.a.secret: the file no.txt cannot be read: there is no such file",
    ],
    [{ secret: { file: "empty.txt" } }, "destinations.a.secret: the file empty.txt is empty"],
    [{ secret: { file: "utf16.txt" } }, "destinations.a.secret: the file utf16.txt is not UTF-8 text"],
    [{ secret: { env: canary } }, /"env" must be the name of an environment variable/],
    [
      { secret: { env: "SECRET", file: "x" } },
      'destinations.a.secret: must have either "env" or "file", not both',
    ],
    [{ secret: { env: 5 } }, 'destinations.a.secret: "env" must be a text that is not empty'],
    [{ secret: { env: "SECRET", x: 1 } }, /^destinations\.a\.secret: /],
    [{ url: { env: "BAD" } }, /^destinations\.a\.url: the environment variable BAD: must be a URL/],
  ])("%#: are never in a message", async (keys, message) => {
    const [first, ...rest] = await problems(http(keys));
    expect(rest).toEqual([]);
    expect(first?.replace(/^\d+:\d+: /, "")).toEqual(
      typeof message === "string" ? message : expect.stringMatching(message),
    );
  });
});

describe("files that cannot be loaded", () => {
  const ts = "sessionhook.config.ts";
  const messageOf = (promise: Promise<unknown>) => promise.catch((error: Error) => error.message);

  it("are named with the reason", async () => {
    expect(await messageOf(load({}, { path: "no.json" }))).toBe(
      "SESSIONHOOK_CONFIG: the file no.json cannot be read: there is no such file",
    );
    expect(await messageOf(load({}, { path: "no.ts" }))).toBe(
      "SESSIONHOOK_CONFIG: the file no.ts cannot be read: there is no such file",
    );
    expect(await messageOf(load({ [ts]: {} }))).toBe(
      `${ts}: must have a default export: export default defineConfig({ … })`,
    );
    expect(await messageOf(load({ [ts]: { default: 5 } }))).toBe(`${ts}: must be an object`);
    expect(
      await messageOf(
        load({ [ts]: {} }, { importModule: () => Promise.reject(new SyntaxError("x\nsource")) }),
      ),
    ).toMatch(
      /^sessionhook\.config\.ts: cannot be loaded: SyntaxError: x \(load-config\.test\.ts:\d+:\d+\)$/,
    );
    expect(await messageOf(load({ [ts]: {} }, { typescriptProblem: "needs Node 22.18 or newer" }))).toBe(
      `${ts}: needs Node 22.18 or newer`,
    );
  });

  it("are refused when they are not UTF-8 text, in which a filter would never match", async () => {
    const latin = new TextDecoder().decode(Buffer.from('{ "destinations": {} } é', "latin1"));
    const utf16 = new TextDecoder().decode(Buffer.from("\uFEFF{}", "utf16le"));
    for (const text of [latin, utf16])
      expect(await messageOf(load({ [json]: text }))).toBe(`${json}: is not UTF-8 text; save it as UTF-8`);
    expect(await messageOf(load({ [ts]: latin }))).toBe(`${ts}: is not UTF-8 text; save it as UTF-8`);
  });

  it("are named when reading a value of theirs fails", async () => {
    const value = {
      get destinations() {
        throw new Error("g\nsource");
      },
    };
    expect(await messageOf(load({ [ts]: { default: value } }))).toMatch(
      /^sessionhook\.config\.ts: cannot be loaded: Error: g \(load-config\.test\.ts:\d+:\d+\)$/,
    );
    const odd = Object.defineProperty(new Error("x"), "message", {
      get: () => {
        throw new Error("y");
      },
    });
    expect(await messageOf(load({ [ts]: {} }, { importModule: () => Promise.reject(odd) }))).toBe(
      `${ts}: cannot be loaded: it throws an error that cannot be read`,
    );
  });

  it("are reported when they end the process, which then ends with code 1", async () => {
    const listeners = new Set<() => void>();
    const write = vi.fn<(text: string) => void>();
    const process = {
      exitCode: 0,
      stderr: { write },
      on: (_: "exit", listener: () => void) => listeners.add(listener),
      off: (_: "exit", listener: () => void) => listeners.delete(listener),
    };
    const ending = { process, prefix: "error: " };
    const importModule = () => {
      for (const listener of listeners) listener();
      return Promise.reject(new Error("x"));
    };
    await messageOf(load({ [ts]: {} }, { importModule, ending }));
    expect(write.mock.calls).toEqual([
      [`error: ${ts}: cannot be loaded: it, or a file that it imports, ends the process\n`],
    ]);
    expect(process.exitCode).toBe(1);
    // A process that ends later has another reason.
    expect(listeners.size).toBe(0);
  });

  it("have 30 seconds", async () => {
    vi.useFakeTimers();
    try {
      const message = messageOf(load({ [ts]: {} }, { importModule: () => new Promise(() => undefined) }));
      await vi.advanceTimersByTimeAsync(30_000);
      expect(await message).toBe(`${ts}: cannot be loaded: an await has not ended after 30 s`);
    } finally {
      vi.useRealTimers();
    }
  });

  it("ask for no destinations on a runtime that does not deliver", () => {
    expect(() => checkConfigWithoutDelivery('{"$schema":"x"}', "c.json")).not.toThrow();
    for (const text of [
      "",
      "{",
      "[]",
      "null",
      '{"destinations":{}}',
      '{"retention":{"events":"30d"}}',
      '{"x":1}',
    ])
      expect(() => checkConfigWithoutDelivery(text, "c.json")).toThrow("c.json");
  });
});
