import { describe, expect, it } from "vitest";
import { runCli } from "./run-cli.js";
import { json, startServer } from "./test-server.js";

const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const start = () =>
  startServer((request, response) =>
    json(response, 200, request.method === "GET" ? { events: [], nextCursor: null } : { status: "accepted" }),
  );

describe("a server below SESSIONHOOK_BASE_PATH", () => {
  it.each(["/hooks", "/hooks/", "/hooks/identity"])("is reached by every command: %s", async (basePath) => {
    await using server = await start();
    const env = {
      PORT: String(server.port),
      SESSIONHOOK_BASE_PATH: basePath,
      SESSIONHOOK_SECRETS: secret,
      SESSIONHOOK_ADMIN_TOKEN: "token",
    };
    expect(await runCli(["send"], { env })).toMatchObject({ code: 0 });
    expect(await runCli(["events", "list", "--json"], { env })).toMatchObject({ code: 0 });
    const prefix = basePath.replace(/\/$/, "");
    const paths = server.received.map(({ url }) => url.replace(/\?.*/, ""));
    expect(paths).toEqual([`${prefix}/webhooks`, `${prefix}/api/events`]);
  });

  it("is not used when --url names another server", async () => {
    await using server = await start();
    const env = { SESSIONHOOK_BASE_PATH: "/hooks", SESSIONHOOK_SECRETS: secret };
    expect(await runCli(["send", "--url", server.url], { env })).toMatchObject({ code: 0 });
    expect(server.received[0]?.url).toBe("/webhooks");
  });

  it.each(["hooks", "/a b", "https://x/"])(
    "cannot be %j: wrong usage with the name of the setting",
    async (path) => {
      const env = { SESSIONHOOK_BASE_PATH: path, SESSIONHOOK_SECRETS: secret };
      const { code, stderr } = await runCli(["send"], { env });
      expect([code, stderr]).toEqual([2, expect.stringContaining("SESSIONHOOK_BASE_PATH")]);
    },
  );
});
