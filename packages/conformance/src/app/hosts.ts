import { createSimulator } from "@sessionhook/simulator";
import { sign } from "@sessionhook/core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type AppCommand, AppProcess, adminToken, secret } from "./app-process.js";
import { useApps } from "./use-apps.js";

const simulator = createSimulator({ seed: 13, now: Date.now() });

type Headers = Readonly<Record<string, string>>;

/** Sends a request under any Host and returns the whole answer. */
async function ask(app: AppProcess, line: string, headers: Headers, body = ""): Promise<string> {
  const exchange = await app.connect();
  const all = { ...headers, "content-length": String(Buffer.byteLength(body)), connection: "close" };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  exchange.write(`${line} HTTP/1.1\r\n${lines.join("")}\r\n${body}`);
  await exchange.closed();
  return exchange.until(/$/);
}

const statusOf = async (...request: Parameters<typeof ask>) =>
  Number(/^HTTP\/1\.1 (\d+)/.exec(await ask(...request))?.[1]);

/** Tests a listener on a loopback address with the host names of this machine, of a proxy and of an attacker. */
export function describeHosts(command: AppCommand): void {
  const make = useApps(command);
  const app = new AppProcess(command);
  beforeAll(() => app.start());
  afterAll(() => app.cleanUp());
  const signIn = (app: AppProcess, host: string, more: Headers = {}) => {
    const headers = { host, "content-type": "application/x-www-form-urlencoded", ...more };
    return statusOf(app, "POST /login", headers, `token=${adminToken}`);
  };

  it("rejects websites that reach it under a name of this machine (DNS rebinding)", async () => {
    const { port } = new URL(app.origin);
    const evil = `evil.example:${port}`;
    for (const line of [
      "GET /metrics",
      "GET /",
      "GET /login",
      "GET /api/stats",
      "GET /nothing",
      "POST /webhooks/x",
    ]) {
      const answer = await ask(app, line, { host: evil });
      expect(answer, line).toMatch(/^HTTP\/1\.1 421 [\s\S]*"code":"misdirected_request"/);
      expect(answer).toContain(evil);
    }
    expect(await signIn(app, evil, { origin: `http://${evil}` })).toBe(421);
    expect(await signIn(app, evil, { origin: `http://${evil}`, "x-forwarded-for": "127.0.0.1" })).toBe(421);
    // With a forwarded port, the Host header has another port than the listener.
    expect(await signIn(app, "evil.example", { origin: "http://evil.example" })).toBe(421);
    expect(await statusOf(app, "GET /metrics", { host: "evil.example" })).toBe(401);
    expect(await statusOf(app, "GET /api/stats", { host: evil, authorization: `Bearer ${adminToken}` })).toBe(
      421,
    );
  });

  it.each(["localhost", "LOCALHOST.", "app.localhost", "127.0.0.1", "127.8.9.1", "[::1]"])(
    "is its own self under the name %s",
    async (name) => {
      const host = `${name}:${new URL(app.origin).port}`;
      expect(await statusOf(app, "GET /metrics", { host })).toBe(200);
      expect(await signIn(app, host, { origin: `http://${host.toLowerCase()}` })).toBe(303);
    },
  );

  it("accepts messages and health checks under every name", async () => {
    const { port } = new URL(app.origin);
    for (const host of ["hooks.example", `hooks.example:${port}`]) {
      const { id, body } = simulator.next();
      const message = { host, ...sign(body, { id, secret }) };
      expect(await statusOf(app, "POST /webhooks", message, body)).toBe(200);
      expect(await statusOf(app, "GET /healthz", { host })).toBe(200);
      expect(await statusOf(app, "GET /readyz", { host })).toBe(200);
    }
  });

  it("serves requests that come through a proxy under its name, and /metrics only with the token", async () => {
    const host = "hooks.example";
    const authorization = `Bearer ${adminToken}`;
    expect(await signIn(app, host, { origin: `https://${host}` })).toBe(303);
    expect(await signIn(app, host, { origin: `http://${host}`, "x-forwarded-for": "192.0.2.1" })).toBe(303);
    expect(await signIn(app, host)).toBe(303);
    expect(await statusOf(app, "GET /", { host })).toBe(303);
    expect(await statusOf(app, "GET /api/stats", { host, authorization })).toBe(200);
    expect(await statusOf(app, "GET /metrics", { host })).toBe(401);
    expect(await statusOf(app, "GET /metrics", { host, authorization })).toBe(200);
    // nginx without proxy_set_header Host sends the name of the upstream; only its other headers show the proxy.
    const upstream = { host: new URL(app.origin).host };
    for (const name of ["x-forwarded-for", "forwarded", "via", "x-real-ip"])
      expect(await statusOf(app, "GET /metrics", { ...upstream, [name]: "192.0.2.1" }), name).toBe(401);
  });

  it("serves every name on an address that other machines reach", async () => {
    const reachable = await make({ HOST: "0.0.0.0" }).start();
    const host = `hooks.example:${new URL(reachable.origin).port}`;
    expect(await signIn(reachable, host, { origin: `http://${host}` })).toBe(303);
    expect(await statusOf(reachable, "GET /metrics", { host })).toBe(401);
  });
}
