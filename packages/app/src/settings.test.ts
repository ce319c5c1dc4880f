import { generateKeyPair, generateSecret, verifySignature, sign } from "@sessionhook/core";
import { describe, expect, it } from "vitest";
import { readSettings, SettingsError } from "./settings.js";

/** The names and messages of the refusal, or "ok". */
function refusal(env: Record<string, string>): string {
  try {
    readSettings(env);
    return "ok";
  } catch (error) {
    if (SettingsError.isInstance(error)) return error.message;
    throw error;
  }
}

describe("settings", () => {
  it("have the documented defaults", () => {
    expect(readSettings({ PATH: "/bin", HOME: "/root" })).toEqual({
      host: "127.0.0.1",
      port: 8787,
      logLevel: undefined,
      secrets: undefined,
      toleranceSeconds: 300,
      store: { scheme: "sqlite", path: "./data/sessionhook.db" },
      storeText: "sqlite:./data/sessionhook.db",
      adminToken: undefined,
      maxBodyBytes: 1_048_576,
      bodyTimeoutMs: 30_000,
      keepAliveSeconds: 65,
      maxPending: 4096,
      onInvalid: "quarantine",
      basePath: "",
      configFile: undefined,
    });
  });

  it("accept 0 and do not replace it by the default", () => {
    expect(readSettings({ PORT: "0", SESSIONHOOK_TOLERANCE_SECONDS: "0" })).toMatchObject({
      port: 0,
      toleranceSeconds: 0,
    });
  });

  it("accept secrets of both kinds, separated by spaces, commas and line ends", () => {
    const pair = generateKeyPair();
    const all = [generateSecret(), generateSecret(), pair.secretKey];
    const { secrets } = readSettings({ SESSIONHOOK_SECRETS: ` ${all[0]},${all[1]} ,\n${pair.publicKey} ` });
    for (const secret of all) {
      const headers = sign("x", { id: "a", secret });
      expect(verifySignature("x", { headers, secrets: secrets ?? "" }).id).toBe("a");
    }
  });

  it.each([
    [{ SESSIONHOOK_SECRETS: "" }, "SESSIONHOOK_SECRETS"],
    [{ SESSIONHOOK_SECRETS: " , " }, "empty"],
    [{ SESSIONHOOK_SECRETS: "hunter2" }, "prefix"],
    [{ SESSIONHOOK_SECRETS: `whpk_${"A".repeat(43)}=` }, "small or mixed order"],
    [{ SESSIONHOOK_SECRETS: "whsec_c2hvcnQ=" }, "really issued it, set SESSIONHOOK_ALLOW_SHORT_SECRETS=true"],
    [{ SESSIONHOOK_SECRETS: Array.from({ length: 33 }, () => generateSecret()).join() }, "32"],
    [{ SESSIONHOOK_SECRET_ENCODING: "hex" }, "SESSIONHOOK_SECRET_ENCODING"],
    [{ SESSIONHOOK_TOLERANCE_SECONDS: "-1" }, "0 to 86400"],
    [{ SESSIONHOOK_TOLERANCE_SECONDS: "" }, "SESSIONHOOK_TOLERANCE_SECONDS"],
    [{ SESSIONHOOK_TOLERANCE_SECONDS: "5m" }, "SESSIONHOOK_TOLERANCE_SECONDS"],
    [{ PORT: "99999" }, "PORT"],
    [{ HOST: "" }, "HOST"],
    [{ HOST: '"0.0.0.0"' }, "HOST: must be a host name or an address, and not in quotes"],
    [{ HOST: "0.0.0.0:8787" }, "HOST: must not contain a port: that is the setting PORT"],
    [{ HOST: "[::1]:8787" }, "HOST: must not contain a port"],
    [{ SESSIONHOOK_SECRETS: `# old\n${generateSecret()}` }, "must not contain comments"],
    [{ SESSIONHOOK_SECRETS: `${generateSecret()} # production` }, "must not contain comments"],
    [
      { SESSIONHOOK_SECRETS_FILE: "/run/secret" },
      "is for apps that read files; set SESSIONHOOK_SECRETS here",
    ],
    [{ SESSIONHOOK_CONFIG: "./sessionhook.config.ts\n" }, "ends with white space or a newline; remove it"],
    [{ SESSIONHOOK_CONFIG: "${CONFIG}" }, "contains a reference that nothing has replaced"],
    [{ SESSIONHOOK_ADMIN_TOKEN: "a".repeat(1001) }, "must have at most 1000 characters"],
    [
      { SESSIONHOOK_STORE: "dynamodb:arn:aws:dynamodb:eu-west-1:1:table/t" },
      "SESSIONHOOK_STORE: must name a table",
    ],
    [{ SESSIONHOOK_STORE: "dynamodb:events?retentionDays=0" }, "SESSIONHOOK_STORE: must have retentionDays"],
    [{ SESSIONHOOK_STORE: "events.db" }, "sqlite:<path>"],
    [{ SESSIONHOOK_STORE: "sqlite:" }, "SESSIONHOOK_STORE"],
    [{ SESSIONHOOK_STORE: "sqlite://data/events.db" }, "must name a path"],
    [{ SESSIONHOOK_STORE: "sqlite://./events.db" }, "must name a path"],
    [{ SESSIONHOOK_STORE: "memory:events" }, "must be exactly memory:"],
    [{ SESSIONHOOK_ADMIN_TOKEN: "" }, "SESSIONHOOK_ADMIN_TOKEN: is set but empty; unset it, or give a token"],
    [{ SESSIONHOOK_ADMIN_TOKEN: "two words" }, "SESSIONHOOK_ADMIN_TOKEN"],
    [{ SESSIONHOOK_MAX_BODY_BYTES: "0" }, "SESSIONHOOK_MAX_BODY_BYTES"],
    [{ SESSIONHOOK_TOLERANCE: "300" }, "did you mean SESSIONHOOK_TOLERANCE_SECONDS?"],
    [{ SESSIONHOOK_PORT: "8787" }, "SESSIONHOOK_PORT: is not a setting; did you mean PORT?"],
    [{ SESSIONHOOK_HOST: "0.0.0.0" }, "did you mean HOST?"],
    [{ SESSIONHOOK_STORE_PORT: "8787" }, "did you mean SESSIONHOOK_STORE?"],
    [{ SESSIONHOOK_SERVICE_HOST: "localhost" }, "SESSIONHOOK_SERVICE_HOST: is not a setting"],
    [{ SESSIONHOOK_ENV_PATH: "/bin" }, "SESSIONHOOK_ENV_PATH: is not a setting"],
    [{ SESSIONHOOK_NAME: "web" }, "SESSIONHOOK_NAME: is not a setting"],
    [{ SESSIONHOOK_STORE: "tcp://10.0.0.1:8787" }, "SESSIONHOOK_STORE: has an unknown scheme"],
    [{ SESSIONHOOK_KEEP_ALIVE_SECONDS: "0" }, "1 to 3600"],
    [{ SESSIONHOOK_KEEP_ALIVE_SECONDS: "1m" }, "1 to 3600"],
    [
      { SESSIONHOOK_SHINY: "1" },
      "SESSIONHOOK_SHINY: is not a setting; remove it (docs/configuration.md lists all)",
    ],
  ])("reject %j", (env, expected) => {
    expect(refusal(env as Record<string, string>)).toContain(expected);
  });

  it.each([
    "hooks",
    "",
    "//",
    "/a//b",
    "/a/../b",
    "/.",
    "/a?b",
    "/a%20b",
    "/a b",
    "https://x/y",
    `/${"x".repeat(256)}`,
  ])("reject the base path %j", (path) => {
    const message = refusal({ SESSIONHOOK_BASE_PATH: path });
    expect(message).toContain("SESSIONHOOK_BASE_PATH: must be / or a path such as /hooks");
  });

  it.each(["/webhooks", "/api/", "/events", "/events/x", "/api/events/x", "/assets/x", "/healthz", "/login"])(
    "refuse the base path %s, which a route has",
    (path) => {
      expect(refusal({ SESSIONHOOK_BASE_PATH: path })).toContain("must not begin like a path of the app");
    },
  );

  it.each([
    ["WARN", "warning"],
    ["Warning", "warning"],
    ["Debug", "debug"],
  ])("read the log level %s as %s", (text, level) => {
    expect(readSettings({ LOG_LEVEL: text }).logLevel).toBe(level);
  });

  it.each([
    ["127.1", "127.0.0.1"],
    ["0", "0.0.0.0"],
    ["0.0.0.0", "0.0.0.0"],
    ["[::1]", "::1"],
    ["::", "::"],
    ["fe80::1%eth0", "fe80::1%eth0"],
    ["Localhost", "Localhost"],
    ["app.internal", "app.internal"],
  ])("read the host %s as %s", (host, expected) => {
    expect(readSettings({ HOST: host }).host).toBe(expected);
  });

  it.each([
    ["/", ""],
    ["/hooks", "/hooks"],
    ["/hooks/", "/hooks"],
    ["/api/sessionhook", "/api/sessionhook"],
    ["/webhooks/identity", "/webhooks/identity"],
    ["/a.b/c-d_e~f/1", "/a.b/c-d_e~f/1"],
  ])("normalize the base path %s to %j", (path, expected) => {
    expect(readSettings({ SESSIONHOOK_BASE_PATH: path }).basePath).toBe(expected);
  });

  it.each([
    "SESSIONHOOK",
    "SESSIONHOOK_WEB",
    "SESSIONHOOK_STORE",
    "SESSIONHOOK_SECRETS_FILE",
    "SESSIONHOOK_1",
  ])("ignore the variables of Kubernetes and Docker for a service %s", (service) => {
    const env: Record<string, string> = {
      [`${service}_SERVICE_HOST`]: "10.0.0.1",
      [`${service}_SERVICE_PORT`]: "8787",
      [`${service}_SERVICE_PORT_HTTP`]: "8787",
      [`${service}_SERVICE_PORT_HTTP_METRICS`]: "9090",
      [`${service}_PORT`]: "tcp://10.0.0.1:8787",
      [`${service}_PORT_8787_TCP`]: "tcp://10.0.0.1:8787",
      [`${service}_PORT_8787_TCP_PROTO`]: "tcp",
      [`${service}_PORT_8787_TCP_PORT`]: "8787",
      [`${service}_PORT_8787_TCP_ADDR`]: "10.0.0.1",
      [`${service}_PORT_53_UDP`]: "udp://[fd00::1]:53",
      [`${service}_PORT_53_UDP_ADDR`]: "fd00::1",
      [`${service}_NAME`]: "/app/sessionhook",
      [`${service}_ENV_NODE_VERSION`]: "24.1.0",
    };
    expect(refusal(env)).toBe("ok");
  });

  it.each([
    ['"a-token"', 'begins with a quote (")'],
    ['a-token"', 'ends with a quote (")'],
    ["'a-token'", "begins with a quote (')"],
    ["a-token”", "ends with a quote (”)"],
    ["a-token\\n", "ends with a literal \\n"],
    ["a-token\n", "ends with white space"],
    [" a-token", "begins with white space"],
    ["a-token%", "ends with %"],
    ["a-token;", "ends with a semicolon"],
    ["a-token,", "ends with a comma"],
    ["\uFEFFa-token", "begins with a byte order mark"],
    ["a-token\u200B", "ends with an invisible character (U+200B)"],
    ["Bearer a-token", "begins with Bearer"],
    ["SESSIONHOOK_ADMIN_TOKEN=a-token", "begins with the name of a variable"],
    ["${ADMIN_TOKEN}", "is a reference"],
    ["a token", "one word of visible ASCII"],
    ["t\u00f6ken", "one word of visible ASCII"],
  ])("reject the admin token %j with the reason", (token, cause) => {
    const message = refusal({ SESSIONHOOK_ADMIN_TOKEN: token });
    expect(message).toContain(
      `SESSIONHOOK_ADMIN_TOKEN: ${cause === "one word of visible ASCII" ? `must be ${cause}` : cause}`,
    );
    expect(message).not.toContain("a-token");
  });

  it.each(["a-token", "pw!a;b%c", "ab_cd+/==", "x.y.z"])("take the admin token %j", (token) => {
    const { adminToken } = readSettings({ SESSIONHOOK_ADMIN_TOKEN: token });
    expect(adminToken).toBe(token);
  });

  it.each([
    ["v1,", "begins with v1"],
    ["Bearer ", "begins with Bearer"],
    ["SESSIONHOOK_SECRETS=", "the name of a variable"],
    ["SESSIONHOOK_SECRETS: ", "the name of a variable"],
    ["export SESSIONHOOK_SECRETS=", "the name of a variable"],
    ['["', "begins with the character ["],
  ])("reject secrets after %j with the reason", (before, cause) => {
    const message = refusal({ SESSIONHOOK_SECRETS: before + generateSecret() });
    expect(message).toContain(cause);
  });

  it("report all problems at once and quote no secret", () => {
    const message = refusal({ PORT: "x", SESSIONHOOK_ON_INVALID: "y", SESSIONHOOK_SECRETZ: "whsec_hunter2" });
    for (const name of ["PORT", "SESSIONHOOK_ON_INVALID", "SESSIONHOOK_SECRETZ"])
      expect(message).toContain(name);
    expect(message).not.toContain("hunter2");
  });
});
