import { ConfigurationError, generateSecret } from "@sessionhook/core";
import { describe, expect, it } from "vitest";
import { drivers } from "./registry.js";

const url = "https://hooks.example.com/x";
const canary = "canary-4711";

describe("the keys of http", () => {
  it.each<[object, string, string]>([
    [{}, "url", "must be a URL"],
    [
      { url, secret: canary },
      "secret",
      "The signing secret has no known prefix: it must start with whsec_ (HMAC) or whsk_ (ed25519 secret key)",
    ],
    [{ url, secret: [] }, "secret", "must be a signing secret, or a list of them"],
    [
      { url, secret: [generateSecret(), canary] },
      "secret.1",
      "The signing secret has no known prefix: it must start with whsec_ (HMAC) or whsk_ (ed25519 secret key)",
    ],
    [{ url, headers: { Host: canary } }, "headers.Host", "is set by Sessionhook"],
    [{ url, headers: { "Webhook-Id": canary } }, "headers.Webhook-Id", "is set by Sessionhook"],
    [{ url, headers: { "a b": canary } }, "headers.a b", "is not a valid header name"],
    [
      { url, headers: { a: `${canary}\r\nx: y` } },
      "headers.a",
      "must be 1 to 8192 visible ASCII characters, without line breaks",
    ],
    [{ url, headers: { a: canary, A: canary } }, "headers.A", "must not be there twice, in another case"],
    [{ url, headers: { a: 5 } }, "headers.a", "must be a text"],
    [{ url, network: canary }, "network", 'must be "public" or "private"'],
    [{ url, body: canary }, "body", 'must be "raw", "flat" or { "map": { … } }'],
    [{ url, body: { map: {} } }, "body.map", "must have an entry"],
    [
      { url, body: { map: { a: `{{${canary}}}` } } },
      "body.map.a",
      "braces must enclose the path of a fact, such as {{person.email}}",
    ],
    [
      { url, body: { map: { a: ["{{person.email}"] } } },
      "body.map.a.0",
      "braces must enclose the path of a fact, such as {{person.email}}",
    ],
    [{ url, body: { map: { a: () => canary } } }, "body.map.a", "must be JSON"],
    [
      { url, body: { map: JSON.parse('{"a":{"__proto__":{"b":1}}}') as object } },
      "body.map.a",
      "must not have a key __proto__",
    ],
    [
      { url: `https://u:${canary}@example.com` },
      "url",
      "must not contain a user name or password; use headers instead",
    ],
    [{ url: `ftp://${canary}` }, "url", "must begin with https:// or http://"],
    [{ url: "http://example.com:0/" }, "url", "must not have the port 0"],
    [
      { url, secret: "whsec_AAAA" },
      "secret",
      "The signing secret is too short: at least 24 bytes are needed; create one with sessionhook secret new",
    ],
  ])("%j", (config, path, message) => {
    const issues = drivers.http.schema.safeParse(config).error?.issues ?? [];
    expect(issues.map((issue) => [issue.path.join("."), issue.message])).toEqual([[path, message]]);
    expect(JSON.stringify(issues)).not.toContain(canary);
  });

  it("must not be others", () => {
    const issues = drivers.http.schema.safeParse({ url, sceret: 1 }).error?.issues;
    expect(issues).toMatchObject([{ code: "unrecognized_keys", keys: ["sceret"] }]);
  });

  it.each<[object, string]>([
    [{ url: "http://10.0.0.1/" }, 'url: has a private address; set "network": "private" to allow it'],
    [{ url: "http://localhost/" }, 'url: names this machine; set "network": "private" to allow it'],
    [{ url: "http://169.254.169.254/" }, "url: has an address that events are never sent to"],
    [{ url: "http://0.0.0.0/" }, "url: has an address that events are never sent to"],
    [
      { url, body: { map: { a: { b: "{{person.emial}}" } } } },
      "body.map.a.b: there is no fact person.emial: docs/facts.md",
    ],
  ])("are checked before anything is sent: %j", async (config, message) => {
    const parsed = drivers.http.schema.parse(config);
    const problems = await drivers.http.problems?.(parsed);
    expect(problems?.map(({ path, message }) => `${path.join(".")}: ${message}`)).toEqual([message]);
    const created = drivers.http.create(parsed, { name: "a", folder: "/", now: Date.now });
    await expect(created).rejects.toSatisfy(
      (error) => ConfigurationError.isInstance(error) && error.message === message,
    );
  });
});

it.each<[object, string]>([
  [{ path: "" }, "must not be empty"],
  [{ path: 5 }, "must be a path"],
  [{ path: "a", maxBytes: 1 }, "must be an integer from 1024 to 1073741824"],
  [{ path: "a", maxAgeSeconds: 0.5 }, "must be an integer from 1 to 86400"],
  [{ path: "a", maxAgeSeconds: "1h" }, "must be an integer from 1 to 86400"],
])("the keys of files: %j", (config, message) => {
  expect(drivers.files.schema.safeParse(config).error?.issues.map((issue) => issue.message)).toContain(
    message,
  );
});

it.each<[object, string]>([
  [{ url, format: "teams" }, 'must be "slack" or "discord"'],
  [{ url, digest: "yes" }, "must be true or false"],
])("the keys of slack: %j", (config, message) => {
  expect(drivers.slack.schema.safeParse(config).error?.issues.map((issue) => issue.message)).toEqual([
    message,
  ]);
});

const discord =
  "must have /slack at the end of its path: a Discord webhook accepts these messages only there";
const unencrypted = "must begin with https://: the URL is a secret";

it.each<[string, readonly string[]]>([
  ["https://discord.com/api/webhooks/1/canary", [discord]],
  ["https://discordapp.com/api/webhooks/1/canary/github", [discord]],
  ["https://canary.discord.com/api/v10/webhooks/1/canary?thread_id=5", [discord]],
  ["https://discord.com/api/webhooks/1/canary/slack", []],
  ["https://discord.com/api/webhooks/1/canary/slack?thread_id=5", []],
  ["http://discord.com/api/webhooks/1/canary/slack", [unencrypted]],
  ["http://discordapp.com/api/webhooks/1/canary", [unencrypted, discord]],
  ["http://hooks.slack.com/services/T0/B0/canary", [unencrypted]],
  ["https://hooks.slack.com", ["must have the path of an incoming webhook: copy its whole URL from Slack"]],
  ["https://hooks.slack.com/services/T0/B0/canary", []],
  ["http://mattermost.example/hooks/canary", []],
  ["https://notdiscord.com/api/webhooks/1/canary", []],
])("the URL %s of slack", async (url, messages) => {
  expect(await drivers.slack.problems?.({ url })).toEqual(
    messages.map((message) => ({ path: ["url"], message })),
  );
  const create = async () => drivers.slack.create({ url }, { name: "a", folder: "/", now: Date.now });
  if (messages.length === 0) await (await create()).close();
  else await expect(create()).rejects.toThrow(`url: ${messages[0]}`);
});

it.each<[string, unknown]>([
  ["a generator", function* () {}],
  ["an asynchronous generator", async function* () {}],
])("the handler of code is not %s, whose body no call runs", (_, handle) => {
  const issues = drivers.code.schema.safeParse({ handle }).error?.issues;
  expect(issues?.map(({ message }) => message)).toEqual(["must not be a generator: write it without *"]);
});

/** A handler as some frameworks expect it. */
class Handler {
  readonly calls: unknown[] = [];

  handle(event: unknown): void {
    this.calls.push(event);
  }
}

it.each([
  ["x", "must be a function"],
  [Handler, "must not be a class: give a function"],
])("the handler of code is a function", (handle, message) => {
  const issues = drivers.code.schema.safeParse({ handle }).error?.issues;
  expect(issues?.map((issue) => issue.message)).toEqual([message]);
});
