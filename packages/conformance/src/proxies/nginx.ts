import { sign } from "@sessionhook/core";
import { createSimulator } from "@sessionhook/simulator";
import { afterEach, expect, it } from "vitest";
import { type AppCommand, adminToken, type AppProcess, secret } from "../app/app-process.js";
import { useApps } from "../app/use-apps.js";
import { personEvent } from "../person-event.js";
import { RawExchange } from "../runtime/raw-exchange.js";
import { freePort } from "@sessionhook/testkit";
import { ForeignServer } from "./programs.js";

const simulator = createSimulator({ seed: 31, now: Date.now() });

/** Starts nginx with one location in front of an app. `app` in the location is the app's address. */
async function startNginx(server: ForeignServer, app: AppProcess, location: string): Promise<string> {
  const port = await freePort();
  const folders = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (name) => `${name}_temp_path ${name};`,
  );
  const upstream = new URL(app.origin).host;
  const config = `daemon off; worker_processes 1; pid nginx.pid; error_log stderr;
    events {}
    http { access_log off; ${folders.join(" ")}
      server { listen 127.0.0.1:${port}; ${location.replaceAll("//app", `//${upstream}`)} } }`;
  await server.start("nginx", config, ["-p", server.folder, "-c"], port);
  return `http://127.0.0.1:${port}`;
}

/** Sends a form as a browser on plain HTTP does, which names the site in Origin and Host alone. */
async function signIn(origin: string, path: string, name: string): Promise<string> {
  const { port } = new URL(origin);
  const exchange = await RawExchange.open({ host: "127.0.0.1", port: Number(port) });
  const form = `token=${adminToken}`;
  const host = `${name}:${port}`;
  exchange.write(
    `POST ${path} HTTP/1.1\r\nhost: ${host}\r\norigin: http://${host}\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: ${form.length}\r\nconnection: close\r\n\r\n${form}`,
  );
  await exchange.closed();
  return exchange.until(/$/);
}

async function deliver(
  url: string,
  { id, body }: { id: string; body: string } = simulator.next(),
): Promise<string> {
  const answer = await fetch(url, { method: "POST", body, headers: { ...sign(body, { id, secret }) } });
  expect(await answer.text()).toBe(JSON.stringify({ status: "accepted", id }));
  return id;
}

/** Follows every link of the page of an event. */
async function browse(outside: string, id: string): Promise<void> {
  const form = { method: "POST", body: new URLSearchParams({ token: adminToken, next: `/events/${id}` }) };
  const answer = await fetch(`${outside}/login`, { ...form, redirect: "manual" });
  expect(answer.status).toBe(303);
  const cookie = (answer.headers.get("set-cookie") ?? "").split(";")[0] as string;
  const page = await fetch(new URL(answer.headers.get("location") ?? "", outside), { headers: { cookie } });
  const text = await page.text();
  expect(text).toContain(id);
  const links = [...text.matchAll(/(?:href|src)="(\/[^"#]*)"/g)].map(([, link = ""]) => link);
  expect(links.length).toBeGreaterThan(4);
  for (const link of links)
    expect((await fetch(new URL(link, outside), { headers: { cookie } })).status, link).toBe(200);
}

const named =
  "proxy_set_header Host $http_host; proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;";

/** An app behind Debian's nginx, as people configure it. */
export function describeNginx(command: AppCommand): void {
  const make = useApps(command);
  const servers: ForeignServer[] = [];
  afterEach(() => Promise.all(servers.splice(0).map((server) => server.stop())));
  const nginx = (app: AppProcess, location: string) => {
    const server = new ForeignServer();
    servers.push(server);
    return startNginx(server, app, location);
  };

  it("without proxy_set_header Host accepts messages, and explains why it rejects a sign-in", async () => {
    const app = await make().start();
    const origin = await nginx(app, "location / { proxy_pass http://app; }");
    await deliver(`${origin}/webhooks`);
    await deliver(`${origin}/webhooks/`);
    expect((await fetch(`${origin}/readyz`)).status).toBe(200);
    const answer = await signIn(origin, "/login", "hooks.example");
    expect(answer).toMatch(/^HTTP\/1\.1 403 /);
    const [advice = ""] = /proxy_set_header Host [^<]*/.exec(answer) ?? [];
    // The configuration that the page suggests is sufficient.
    const corrected = await nginx(app, `location / { proxy_pass http://app; ${advice} }`);
    expect(await signIn(corrected, "/login", "hooks.example")).toMatch(/^HTTP\/1\.1 303 /);
    expect(await signIn(corrected, "/login", "127.0.0.1")).toMatch(/^HTTP\/1\.1 303 /);
  });

  it("with a body that is too long for its memory, which it writes to a file", async () => {
    const app = await make().start();
    const origin = await nginx(app, "location / { proxy_pass http://app; }");
    const { id, body } = simulator.next();
    await deliver(`${origin}/webhooks`, { id, body: body + " ".repeat(16 * 1024) });
  });

  it("below a path that it removes, with X-Forwarded-Prefix", async () => {
    const app = await make().start();
    const prefix = "proxy_set_header X-Forwarded-Prefix /hooks;";
    const origin = await nginx(app, `location /hooks/ { proxy_pass http://app/; ${named} ${prefix} }`);
    await browse(`${origin}/hooks`, await deliver(`${origin}/hooks/webhooks`));
  });

  it.each([
    ["removes", "location /hooks/ { proxy_pass http://app/;"],
    ["passes on", "location /hooks/ { proxy_pass http://app;"],
  ])("below a path that it %s, with SESSIONHOOK_BASE_PATH", async (_, location) => {
    const app = await make({ SESSIONHOOK_BASE_PATH: "/hooks" }).start();
    const origin = await nginx(app, `${location} ${named} }`);
    await browse(`${origin}/hooks`, await deliver(`${origin}/hooks/webhooks`));
  });

  it.each([
    ["passes paths on", "proxy_pass http://app;"],
    ["decodes paths and merges their slashes", "proxy_pass http://app/;"],
  ])("that %s finds a person whose key is a URL", async (_, pass) => {
    const app = await make().start();
    const origin = await nginx(app, `location / { ${pass} ${named} }`);
    const jane = { id: "evt_jane", vid: "vis_jane", sid: "ses_jane", email: "jane@example.com" };
    expect((await app.send(jane.id, personEvent(jane))).status).toBe(200);
    const key = "linkedin:https://www.linkedin.com/in/jane";
    const path = `/people/${encodeURIComponent(key)}`;
    const authorization = `Bearer ${adminToken}`;
    const ask = () => fetch(`${origin}/api${path}`, { headers: { authorization } });
    await expect.poll(async () => (await ask()).status, { timeout: 20_000 }).toBe(200);
    expect(await (await ask()).json()).toMatchObject({ key });
    const headers = { cookie: await app.signIn() };
    const list = await (await fetch(`${origin}/people`, { headers })).text();
    const [, link = ""] = /href="(\/people\?[^"]*linkedin[^"]*)"/.exec(list) ?? [];
    for (const address of [link, path, `/people/${key}`]) {
      const page = await fetch(origin + address, { headers });
      expect([address, page.status]).toEqual([address, 200]);
      expect(await page.text()).toContain("Journey");
    }
  });

  it("with reused connections and unbuffered bodies", async () => {
    const app = await make().start();
    const streaming = 'proxy_http_version 1.1; proxy_set_header Connection ""; proxy_request_buffering off;';
    const origin = await nginx(app, `location / { proxy_pass http://app; ${named} ${streaming} }`);
    for (let i = 0; i < 20; i++) await deliver(`${origin}/webhooks`);
    const chunked = new Blob([simulator.next().body]).stream();
    const init = { method: "POST", body: chunked, duplex: "half" } as RequestInit;
    expect((await fetch(`${origin}/webhooks`, init)).status).toBe(400);
    await deliver(`${origin}/webhooks`);
  });
}
