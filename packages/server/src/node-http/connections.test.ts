import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { afterEach, expect, it, vi } from "vitest";
import { type ConnectionLimits, Connections } from "./connections.js";

const limits: ConnectionLimits = { connections: 3, pipelined: 4, pipelinedInAll: 5 };
const cleanups: (() => void)[] = [];
afterEach(() => cleanups.splice(0).forEach((cleanup) => cleanup()));

interface Client {
  readonly socket: Socket;
  readonly text: () => string;
  readonly closed: () => boolean;
}

/** A server that leaves requests to `/later` unanswered, and a way to connect to it. */
async function serve() {
  const later: ServerResponse[] = [];
  const begun: string[] = [];
  const connections = new Connections((request, response) => {
    begun.push(request.url ?? "");
    if (request.url === "/later") later.push(response);
    else response.end(request.url);
  }, limits);
  const server = createServer((request, response) => connections.request(request, response));
  connections.track(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  cleanups.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const client = async (text = ""): Promise<Client> => {
    const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
    let [got, closed] = ["", false];
    socket.on("data", (chunk) => (got += String(chunk)));
    socket.on("error", () => undefined);
    socket.on("close", () => (closed = true));
    await once(socket, "connect");
    if (text !== "") socket.write(text);
    cleanups.push(() => socket.destroy());
    return { socket, text: () => got, closed: () => closed };
  };
  return { later, begun, client };
}

const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`;

it("answers the requests of a connection one after the other, in order", async () => {
  const { later, begun, client } = await serve();
  const one = await client(get("/later") + get("/a") + get("/b"));
  await vi.waitFor(() => expect(begun).toEqual(["/later"]));
  one.socket.write(get("/c"));
  await (await client(get("/other"))).socket.once("data", () => undefined);
  await vi.waitFor(() => expect(begun).toEqual(["/later", "/other"]));
  later[0]?.end("first");
  await vi.waitFor(() => expect(one.text()).toMatch(/first[\s\S]*\/a[\s\S]*\/b[\s\S]*\/c$/));
  one.socket.write(get("/d"));
  await vi.waitFor(() => expect(one.text()).toMatch(/\/d$/));
});

it("closes a connection on which too many requests wait, and answers none of them", async () => {
  const { begun, client } = await serve();
  const full = await client(get("/later") + get("/a").repeat(4));
  await vi.waitFor(() => expect(begun).toEqual(["/later"]));
  expect(full.closed()).toBe(false);
  full.socket.write(get("/a"));
  await vi.waitFor(() => expect(full.closed()).toBe(true));
  expect(begun).toEqual(["/later"]);
});

it("closes connections on which requests wait when there are too many in all, and counts them no longer", async () => {
  const { begun, client } = await serve();
  const first = await client(get("/later") + get("/a").repeat(4));
  const second = await client(get("/later") + get("/b"));
  await vi.waitFor(() => expect(begun.length).toBe(2));
  second.socket.write(get("/b"));
  await vi.waitFor(() => expect(second.closed()).toBe(true));
  first.socket.resetAndDestroy();
  // The server may see the end of the first later than the client does.
  await vi.waitFor(async () => {
    const before = begun.length;
    const third = await client(get("/later") + get("/c").repeat(4));
    await vi.waitFor(() => expect(begun.length).toBe(before + 1));
    expect(third.closed()).toBe(false);
  });
});

it("no longer counts requests whose turn has come", async () => {
  const { later, begun, client } = await serve();
  // More in all than may wait at a time.
  for (let i = 1; i <= 3; i++) {
    const one = await client(get("/later") + get("/a").repeat(4));
    await vi.waitFor(() => expect(later).toHaveLength(i));
    later[i - 1]?.end();
    await vi.waitFor(() => expect(begun).toHaveLength(5 * i));
    expect(one.closed()).toBe(false);
  }
});

it("leaves the errors of others their stack traces", async () => {
  const { client } = await serve();
  Error.stackTraceLimit = 10;
  const all = await Promise.all([1, 2, 3].map(() => client(get("/later") + get("/a").repeat(6))));
  // Without vi.waitFor, which sets the limit itself.
  await Promise.all(all.map(({ socket, closed }) => closed() || once(socket, "close")));
  expect(Error.stackTraceLimit).toBe(10);
});

it("closes the connection that has gone longest without a request when one too many opens", async () => {
  const { begun, client } = await serve();
  const busy = await client(get("/later"));
  await vi.waitFor(() => expect(begun.length).toBe(1));
  const slow = await client("POST / HTTP/1.1\r\nHost: x\r\nX-Slow: ");
  const idle = await client();
  slow.socket.write(`1\r\n\r\n`);
  await vi.waitFor(() => expect(slow.text()).toMatch(/^HTTP\/1\.1 200/));
  const fourth = await client(get("/d"));
  await vi.waitFor(() => expect(idle.closed()).toBe(true));
  await vi.waitFor(() => expect(fourth.text()).toMatch(/\/d$/));
  const fifth = await client(get("/e"));
  await vi.waitFor(() => expect(slow.closed()).toBe(true));
  await vi.waitFor(() => expect(fifth.text()).toMatch(/\/e$/));
  expect([busy.closed(), fourth.closed()]).toEqual([false, false]);
});
