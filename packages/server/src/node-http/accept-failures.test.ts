import { spawnSync } from "node:child_process";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { configure, type LogRecord, reset } from "@logtape/logtape";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { logAcceptFailures } from "./accept-failures.js";

const records: LogRecord[] = [];
const logged = () => records.map(({ level, properties }) => [level, properties["code"]]);

let server: Server;
beforeEach(async () => {
  await configure({
    sinks: { records: (record) => void records.push(record) },
    loggers: [
      { category: "sessionhook", sinks: ["records"] },
      { category: ["logtape", "meta"], sinks: [] },
    ],
  });
  server = createServer((_, response) => response.end("ok"));
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", () => resolve()));
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await reset();
  records.length = 0;
});

/** Passes an error of accept to node:net, as the runtime does. */
function fail(errno: number): void {
  const { _handle: handle } = server as unknown as { _handle: { onconnection(errno: number): void } };
  handle.onconnection(errno);
}

it("logs one line for each outage, and the server goes on", async () => {
  logAcceptFailures(server, 50);
  const [enfile, enobufs] = [-23, -105];
  for (const errno of [enfile, enfile, enobufs]) fail(errno);
  expect(logged()).toEqual([["error", "ENFILE"]]);
  const { port } = server.address() as AddressInfo;
  expect(await (await fetch(`http://127.0.0.1:${port}`)).text()).toBe("ok");
  await vi.waitFor(() =>
    expect(logged()).toEqual([
      ["error", "ENFILE"],
      ["info", undefined],
    ]),
  );
  fail(enobufs);
  expect(logged().at(-1)).toEqual(["error", "ENOBUFS"]);
});

const built = (file: string) => JSON.stringify(new URL(`../../dist/${file}.js`, import.meta.url).href);

/** Serves in a process, lets accept fail three times, and then sends a request. */
const script = `
  import { Server } from "node:net";
  import { serveNodeHttp } from ${built("node-http/serve")};
  import { startLogging } from ${built("logging")};
  let server;
  const { listen } = Server.prototype;
  Server.prototype.listen = function (...args) {
    server = this;
    return listen.apply(this, args);
  };
  await startLogging("info");
  const intake = { serves: () => false, limits: { bodyTimeoutMs: 1000 } };
  const app = { fetch: () => new Response("ok"), intake };
  const listener = await serveNodeHttp(app, { hostname: "127.0.0.1", port: 0, keepAliveSeconds: 5 });
  for (let i = 0; i < 3; i++) server._handle.onconnection(-23);
  const answer = await fetch("http://127.0.0.1:" + listener.port);
  process.stdout.write(await answer.text());
  await listener.stop(0);`;

it("does not end the process", () => {
  const { status, stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", script], {
    encoding: "utf8",
    timeout: 30_000,
  });
  expect(stdout.trim().split("\n")).toEqual([
    expect.stringMatching(/"ERROR","message":"new connections cannot be accepted".*"ENFILE"/),
    "ok",
  ]);
  expect(status).toBe(0);
});
