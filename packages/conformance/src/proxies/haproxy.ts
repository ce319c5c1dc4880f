import { afterEach, expect, it } from "vitest";
import { type AppCommand, adminToken } from "../app/app-process.js";
import { useApps } from "../app/use-apps.js";
import { RawExchange } from "../runtime/raw-exchange.js";
import { freePort } from "@sessionhook/testkit";
import { ForeignServer } from "./programs.js";

const defaults = `defaults
  mode http
  timeout connect 5s
  timeout client 5s
  timeout server 5s
`;

/** Returns the answer to a GET request with a Host of the client's choice. */
async function getAs(port: number, host: string, path: string): Promise<string> {
  const exchange = await RawExchange.open({ host: "127.0.0.1", port });
  exchange.write(`GET ${path} HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`);
  await exchange.closed();
  return exchange.until(/$/);
}

/** Tests an app behind Debian's HAProxy, which sends requests only to servers that pass its health checks. */
export function describeHaproxy(command: AppCommand): void {
  const make = useApps(command);
  let server: ForeignServer | undefined;
  afterEach(() => server?.stop());

  it("with the documented options answers /metrics with 401 without the token, and makes cookies Secure", async () => {
    const app = await make().start();
    const port = await freePort();
    server = new ForeignServer();
    const config = `${defaults}  option forwardfor
frontend outside
  bind 127.0.0.1:${port}
  http-request set-header X-Forwarded-Proto https
  default_backend apps
backend apps
  server app ${new URL(app.origin).host}
`;
    await server.start("haproxy", config, ["-db", "-f"], port);
    // The client chooses its Host; HAProxy passes it on.
    const asks = [`127.0.0.1:${port}`, "localhost"].map((host) => getAs(port, host, "/metrics"));
    expect(await Promise.all(asks)).toEqual([
      expect.stringMatching(/^HTTP\/1.1 401 /),
      expect.stringMatching(/^HTTP\/1.1 401 /),
    ]);
    const form = new URLSearchParams({ token: adminToken });
    const answer = await fetch(`http://127.0.0.1:${port}/login`, {
      method: "POST",
      body: form,
      redirect: "manual",
    });
    expect(answer.headers.get("set-cookie")).toContain("; Secure");
  });

  it.each([
    ["option httpchk", "option httpchk"],
    ["a path", "option httpchk GET /healthz"],
    ["a path and the method HEAD", "option httpchk HEAD /readyz"],
    [
      "HTTP/1.1 with a Host",
      "option httpchk\n  http-check send meth GET uri /healthz ver HTTP/1.1 hdr Host hooks.example",
    ],
  ])("passes its health check: %s", async (_, check) => {
    const app = await make().start();
    const [port, stats] = [await freePort(), await freePort()];
    server = new ForeignServer();
    const config = `${defaults}frontend outside
  bind 127.0.0.1:${port}
  default_backend apps
frontend figures
  bind 127.0.0.1:${stats}
  stats enable
  stats uri /
backend apps
  ${check}
  server app ${new URL(app.origin).host} check inter 100ms fall 1 rise 1
`;
    await server.start("haproxy", config, ["-db", "-f"], port);
    const state = async () => {
      const lines = (await (await fetch(`http://127.0.0.1:${stats}/;csv`)).text()).split("\n");
      const [names = [], row = []] = [lines[0], lines.find((line) => line.startsWith("apps,app,"))].map(
        (line) => line?.split(","),
      );
      return [row[names.indexOf("status")], row[names.indexOf("check_status")]];
    };
    await expect.poll(state, { timeout: 20_000 }).toEqual(["UP", "L7OK"]);
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
  });
}
