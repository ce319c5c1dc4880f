import { ConfigurationError, constantTimeEqual } from "@sessionhook/core";
import { describe, expect, test, vi } from "vitest";
import { createInbox, type SignInFailure } from "../src/index.js";
import { adminToken, makeEvent, makeInbox } from "./events.js";

// The spy calls the real function; a test can replace its result.
vi.mock("@sessionhook/core", { spy: true });

const minute = 60_000;
const day = 24 * 60 * minute;

async function setUp() {
  const inbox = await makeInbox([makeEvent({ id: "evt_1" })]);
  const post = (path: string, form: Record<string, string>, headers: Record<string, string> = {}) =>
    inbox.app.request(path, { method: "POST", body: new URLSearchParams(form), headers });
  const logIn = (token = adminToken, headers: Record<string, string> = {}, next = "/") =>
    post("/login", { token, next }, headers);
  const statusWith = async (cookie: string) =>
    (await inbox.app.request("/events", { headers: { cookie } })).status;
  return { ...inbox, post, logIn, statusWith };
}

describe("pages without a session", () => {
  test.each(["/", "/?status=conflict&q=e", "/events/evt_1", "/events/evt_1/raw?version=2"])(
    "%s leads to the sign-in page and back",
    async (path) => {
      const { app, logIn } = await setUp();
      const answer = await app.request(path);
      const location = new URL(answer.headers.get("location") ?? "", "http://localhost");
      expect([answer.status, location.pathname]).toEqual([303, "/login"]);
      const form = await (await app.request(location.pathname + location.search)).text();
      const next = /name="next" value="([^"]*)"/.exec(form)?.[1]?.replaceAll("&amp;", "&") ?? "";
      expect((await logIn(adminToken, {}, next)).headers.get("location")).toBe(path);
    },
  );

  test("do not show whether an event exists", async () => {
    const { app } = await setUp();
    const [known, unknown] = await Promise.all([app.request("/events/evt_1"), app.request("/events/evt_2")]);
    expect([known.status, await known.text()]).toEqual([unknown.status, await unknown.text()]);
  });

  test("the form has a user name for password managers, which it does not send", async () => {
    const { app } = await setUp();
    const form = await (await app.request("/login")).text();
    const [field = ""] = /<input[^>]*autocomplete="username"[^>]*>/.exec(form) ?? [];
    expect(field).toContain('value="admin"');
    expect(field).toContain("hidden");
    expect(field).not.toContain("name=");
  });

  test.each(["//evil.example", "https://evil.example/", "/\\evil.example", "/.//evil.example"])(
    "the form does not lead to %s",
    async (next) => {
      const { app, logIn, get } = await setUp();
      expect((await logIn(adminToken, {}, next)).headers.get("location")).toBe("/");
      const path = `/login?${new URLSearchParams({ next }).toString()}`;
      expect(await (await app.request(path)).text()).toContain('name="next" value="/"');
      expect((await get(path)).headers.get("location")).toBe("/");
    },
  );
});

describe("the admin token", () => {
  test("signs in for seven days with a cookie that is HttpOnly and SameSite", async () => {
    const { logIn, statusWith, clock } = await setUp();
    const answer = await logIn(` ${adminToken}\n`);
    const cookie = answer.headers.get("set-cookie") ?? "";
    expect([answer.status, answer.headers.get("location")]).toEqual([303, "/"]);
    expect(cookie).toMatch(
      /^sessionhook_session_[0-9a-f]{8}=[^;]+; Max-Age=604800; Path=\/; HttpOnly; SameSite=Strict$/,
    );
    expect(cookie).not.toContain(adminToken);
    const pair = cookie.split(";")[0] ?? "";
    clock.now += 7 * day - 1;
    expect(await statusWith(pair)).toBe(200);
    clock.now += 1;
    expect(await statusWith(pair)).toBe(303);
  });

  test("sets the cookie Secure if the browser uses HTTPS", async () => {
    const { app, logIn } = await setUp();
    const behindProxy = await logIn(adminToken, { "x-forwarded-proto": "https, http" });
    const body = new URLSearchParams({ token: adminToken });
    const direct = await app.request("https://inbox.example/login", { method: "POST", body });
    const withoutHeaders = await app.request("http://inbox.example/login", {
      method: "POST",
      body,
      headers: { origin: "https://inbox.example" },
    });
    for (const answer of [behindProxy, direct, withoutHeaders])
      expect(answer.headers.get("set-cookie")).toContain("; Secure");
    const plain = await logIn(adminToken, { origin: "http://localhost" });
    expect(plain.headers.get("set-cookie")).not.toContain("Secure");
  });

  test.each(["", "wrong", adminToken.slice(0, -1), `${adminToken}x`, adminToken.toUpperCase()])(
    "is not %j",
    async (token) => {
      const { logIn } = await setUp();
      const answer = await logIn(token);
      expect([answer.status, answer.headers.get("set-cookie")]).toEqual([401, null]);
      const text = await answer.text();
      expect(text).toContain("That is not the admin token");
      expect(text).not.toContain(adminToken);
    },
  );

  test("is always accepted; after ten wrong tokens within a minute, wrong ones are answered with 429", async () => {
    const { logIn, clock } = await setUp();
    for (let i = 0; i < 10; i++) expect((await logIn("wrong")).status).toBe(401);
    clock.now += minute - 1500;
    const refused = await logIn("wrong");
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "2"]);
    expect(await refused.text()).toContain("More than 10 wrong ones");
    expect((await logIn()).status).toBe(303);
    expect((await logIn("wrong")).status).toBe(429);
    clock.now += 1500;
    for (let i = 0; i < 10; i++) expect((await logIn("wrong")).status).toBe(401);
    expect((await logIn("wrong")).status).toBe(429);
  });

  test("concurrent wrong tokens are all counted, and right ones are not", async () => {
    const { logIn } = await setUp();
    for (let i = 0; i < 12; i++) expect((await logIn()).status).toBe(303);
    const answers = await Promise.all(Array.from({ length: 30 }, () => logIn("wrong")));
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(10);
  });

  test("must not be empty", () => {
    const make = () => createInbox({ store: {} as never, adminToken: " " });
    expect(make).toThrow(ConfigurationError);
  });

  test("a body that is not a form or is too large is rejected", async () => {
    const { app, logIn } = await setUp();
    const json = { method: "POST", body: "{}", headers: { "content-type": "application/json" } };
    expect((await app.request("/login", json)).status).toBe(401);
    const broken = { method: "POST", body: "x", headers: { "content-type": "multipart/form-data" } };
    expect((await app.request("/login", broken)).status).toBe(401);
    expect((await logIn("x".repeat(20_000))).status).toBe(413);
  });

  test("a form may arrive in pieces of any size, without a length, up to 16 KiB", async () => {
    const { app } = await setUp();
    const send = async (text: string, size: number, end: "close" | "error" = "close") => {
      const bytes = new TextEncoder().encode(text);
      let at = 0;
      const body = new ReadableStream<Uint8Array>({
        pull(controller) {
          if (at < bytes.length) controller.enqueue(bytes.slice(at, (at += size)));
          else if (end === "close") controller.close();
          else controller.error(new Error("gone"));
        },
      });
      const headers = { "content-type": "application/x-www-form-urlencoded" };
      const init = { method: "POST", headers, body, duplex: "half" } as RequestInit;
      return { status: (await app.request("/login", init)).status, sent: at };
    };
    const form = `token=${adminToken}&x=`;
    const padded = form.padEnd(16_384, "x");
    for (const size of [1, 1000, 16_384]) expect((await send(padded, size)).status).toBe(303);
    for (const size of [1, 1000, 16_384]) {
      const { status, sent } = await send(padded.padEnd(100_000, "x"), size);
      expect({ status, stopped: sent < 40_000 }).toEqual({ status: 413, stopped: true });
    }
    expect((await send(form, 10, "error")).status).toBe(401);
  });
});

describe("the cookie", () => {
  test("is rejected if it was changed, invented, or signed for another token", async () => {
    const { cookie, statusWith, clock, store } = await setUp();
    expect(await statusWith(cookie)).toBe(200);
    const name = cookie.slice(0, cookie.indexOf("="));
    const decoded = decodeURIComponent(cookie.slice(name.length + 1));
    const other = await makeInbox([], { store, adminToken: "another-token" });
    const otherValue = other.cookie.slice(other.cookie.indexOf("=") + 1);
    const made = [
      decoded.replace(/:\d+/, `:${clock.now + 900 * day}`),
      decoded.replace(/:[0-9a-f]{32}/, `:${"0".repeat(32)}`),
      `${decoded.slice(0, -2)}${decoded.endsWith("A=") ? "E" : "A"}=`,
      decoded.split(".")[0],
      "",
      "v2:99999999999999.",
      `v2:99999999999999:${"0".repeat(32)}.`,
      decoded.replace("v2", "v1"),
      decodeURIComponent(otherValue),
    ];
    for (const text of made) expect(await statusWith(`${name}=${encodeURIComponent(text ?? "")}`)).toBe(303);
    expect(await statusWith(other.cookie)).toBe(303);
  });

  test("is deleted at sign-out, and a copy of it is rejected afterwards", async () => {
    const { post, cookie, logIn, statusWith } = await setUp();
    const elsewhere = ((await logIn()).headers.get("set-cookie") ?? "").split(";")[0] ?? "";
    const answer = await post("/logout", {}, { cookie, "sec-fetch-site": "same-origin" });
    expect([answer.status, answer.headers.get("location")]).toEqual([303, "/login"]);
    expect(answer.headers.get("set-cookie")).toMatch(/^sessionhook_session_[0-9a-f]{8}=; Max-Age=0; Path=\//);
    expect(await statusWith(cookie)).toBe(303);
    expect(await statusWith(elsewhere)).toBe(200);
    const again = ((await logIn()).headers.get("set-cookie") ?? "").split(";")[0] ?? "";
    expect(await statusWith(again)).toBe(200);
  });

  test("is found among any number of cookies with its name", async () => {
    const { post, cookie, statusWith } = await setUp();
    const name = cookie.slice(0, cookie.indexOf("="));
    const stale = (count: number) => Array.from({ length: count }, () => `${name}=stale`);
    expect(await statusWith([...stale(1), cookie].join("; "))).toBe(200);
    expect(await statusWith([cookie, ...stale(1)].join(";"))).toBe(200);
    expect(await statusWith(["a=b", ...stale(200), cookie].join("; "))).toBe(200);
    await post("/logout", {}, { cookie: [...stale(200), cookie].join("; ") });
    expect(await statusWith(cookie)).toBe(303);
  });

  test("has another name for another token, so that inboxes on one host do not sign each other out", async () => {
    const [one, two] = [await makeInbox(), await makeInbox([], { adminToken: "another-token" })];
    expect(one.cookie.split("=")[0]).not.toBe(two.cookie.split("=")[0]);
    const both = { cookie: `${one.cookie}; ${two.cookie}` };
    for (const { app } of [one, two])
      expect((await app.request("/events", { headers: both })).status).toBe(200);
  });
});

describe("a one-time link", () => {
  test("works once", async () => {
    const { app, createLoginPath, statusWith } = await setUp();
    const path = createLoginPath();
    expect(path).toMatch(/^\/login\/once\?code=[0-9a-f]{64}$/);
    const first = await app.request(path);
    expect([first.status, first.headers.get("location")]).toEqual([303, "/"]);
    expect(await statusWith((first.headers.get("set-cookie") ?? "").split(";")[0] ?? "")).toBe(200);
    const second = await app.request(path);
    expect([second.status, second.headers.get("set-cookie")]).toEqual([401, null]);
    expect(await second.text()).toContain("admin token");
  });

  test("works for fifteen minutes", async () => {
    const { app, createLoginPath, clock } = await setUp();
    const [early, late] = [createLoginPath(), createLoginPath()];
    clock.now += 15 * minute - 1;
    expect((await app.request(early)).status).toBe(303);
    clock.now += 1;
    expect((await app.request(late)).status).toBe(401);
  });

  test("is not used up by a HEAD request, and invented codes are rejected", async () => {
    const { app, createLoginPath } = await setUp();
    const path = createLoginPath();
    const head = await app.request(path, { method: "HEAD" });
    expect([head.status, head.headers.get("set-cookie")]).toEqual([303, null]);
    for (const code of ["", "?code=", "?code=0", `?code=${"0".repeat(64)}`]) {
      expect((await app.request(`/login/once${code}`)).status).toBe(401);
    }
    expect((await app.request(path)).status).toBe(303);
  });

  test("only the newest sixteen are valid", async () => {
    const { app, createLoginPath } = await setUp();
    const paths = Array.from({ length: 17 }, createLoginPath);
    expect((await app.request(paths[0] ?? "")).status).toBe(401);
    expect((await app.request(paths[1] ?? "")).status).toBe(303);
  });

  test("works while wrong tokens are answered with 429", async () => {
    const { app, createLoginPath, logIn } = await setUp();
    for (let i = 0; i < 11; i++) await logIn("wrong");
    expect((await app.request(createLoginPath())).status).toBe(303);
  });
});

describe("a form from another site", () => {
  test.each([
    ["cross-site", { "sec-fetch-site": "cross-site" }],
    ["a sibling host", { "sec-fetch-site": "same-site" }],
    ["cross-site, whatever Origin says", { "sec-fetch-site": "cross-site", origin: "http://localhost" }],
    ["another origin", { origin: "http://evil.example" }],
    ["another port", { origin: "http://localhost:81" }],
    ["a sandbox", { origin: "null" }],
  ])("is rejected: %s", async (_, headers) => {
    const { logIn, post, cookie } = await setUp();
    const answers = [await logIn(adminToken, headers), await post("/logout", {}, { cookie, ...headers })];
    expect(answers.map((answer) => [answer.status, answer.headers.get("set-cookie")])).toEqual([
      [403, null],
      [403, null],
    ]);
  });

  test.each([
    ["a proxy that passes on its own Host", { origin: "https://hooks.example" }, "localhost"],
    [
      "a proxy that loses the port",
      { origin: "http://hooks.example:8080", host: "hooks.example" },
      "hooks.example",
    ],
  ])(
    "is rejected with the likely cause and the configuration line that fixes it: %s",
    async (_, headers, host) => {
      const { app } = await setUp();
      const body = new URLSearchParams({ token: adminToken });
      const url = `http://${host}/login`;
      const answer = await app.request(url, {
        method: "POST",
        body,
        headers: headers as Record<string, string>,
      });
      const text = await answer.text();
      expect(answer.status).toBe(403);
      for (const part of [
        headers.origin,
        `Host: ${host}`,
        "proxy_set_header Host $http_host;",
        "ProxyPreserveHost On",
      ])
        expect(text).toContain(part);
    },
  );

  test("is rejected without advice if the browser reports another site", async () => {
    const { logIn } = await setUp();
    const answer = await logIn(adminToken, { "sec-fetch-site": "cross-site", origin: "http://<b>.example" });
    expect(await answer.text()).not.toContain("proxy");
  });

  test.each([
    ["our own page", { "sec-fetch-site": "same-origin", origin: "null" }],
    ["our own page on plain HTTP", { origin: "http://localhost" }],
    ["our own page behind a TLS proxy", { origin: "https://localhost" }],
    ["no browser", {}],
  ])("is not assumed when the form comes from %s", async (_, headers) => {
    const { logIn } = await setUp();
    expect((await logIn(adminToken, headers)).status).toBe(303);
  });
});

test("a link on another site passes through one more page, and leads to the same page only", async () => {
  const { app, get } = await setUp();
  const headers = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" };
  const step = await app.request('/?q="><b>', { headers });
  expect([step.status, step.headers.get("cache-control")]).toEqual([200, "no-store"]);
  expect(await step.text()).toContain('content="0;url=/?q=%22%3E%3Cb%3E"');
  expect(
    (await app.request("/events", { headers: { ...headers, "sec-fetch-mode": "no-cors" } })).status,
  ).toBe(303);
  expect(await (await get("/events", headers)).text()).toContain("<h1>Events</h1>");
});

// What a measurement of time can miss: that anything else has a say.
test("the token is compared only in constant time", async () => {
  const { logIn } = await setUp();
  vi.mocked(constantTimeEqual).mockReturnValueOnce(false);
  expect((await logIn(adminToken)).status).toBe(401);
  vi.mocked(constantTimeEqual).mockReturnValueOnce(true);
  expect((await logIn("wrong")).status).toBe(303);
  expect(constantTimeEqual).toHaveBeenLastCalledWith("wrong", adminToken);
});

describe("another admin token", () => {
  test("ends the sessions and the sign-in links of the old one", async () => {
    let token = adminToken;
    const { app, get, createLoginPath } = await makeInbox([], { adminToken: () => token });
    const link = createLoginPath();
    const logIn = async (text: string) =>
      (await app.request("/login", { method: "POST", body: new URLSearchParams({ token: text }) })).status;
    expect([(await get("/events")).status, await logIn(token), await logIn("another")]).toEqual([
      200, 303, 401,
    ]);
    token = "another";
    expect((await get("/events")).status).toBe(303);
    expect((await app.request(link)).status).toBe(401);
    expect([await logIn(adminToken), await logIn(token)]).toEqual([401, 303]);
    expect((await app.request(createLoginPath())).status).toBe(303);
  });
});

test("only failed sign-ins are reported, with reason and request", async () => {
  const failures: SignInFailure[] = [];
  const { app, createLoginPath } = await makeInbox([], {
    onSignInFailure: (failure) => failures.push(failure),
  });
  const logIn = (token: string, headers: Record<string, string> = {}) =>
    app.request(
      "/login",
      { method: "POST", body: new URLSearchParams({ token }), headers },
      { address: "::1" },
    );
  await logIn(adminToken);
  const link = createLoginPath();
  await app.request(link);
  expect(failures).toEqual([]);
  await app.request(link);
  await logIn("wrong", { "sec-fetch-site": "cross-site" });
  for (let i = 0; i < 11; i++) await logIn("wrong");
  expect(failures.map(({ reason }) => reason)).toEqual([
    "used_link",
    "other_site",
    ...Array.from({ length: 10 }, () => "wrong_token"),
    "too_many",
  ]);
  expect(failures.at(-1)?.env).toEqual({ address: "::1" });
});
