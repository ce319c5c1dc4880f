import type { Socket } from "node:net";
import { limited } from "../apps.ts";
import { type Load, pause } from "../load.ts";
import type { Scenario } from "../scenario.ts";
import { Crowd } from "../sockets.ts";
import { finish } from "../trouble.ts";

/** File descriptors run out, and come back. */
export const descriptors: Scenario = {
  name: "file descriptors run out",
  run: async (torture) => {
    const app = torture.process({}, limited(torture.command, "-n 96"));
    const origin = await app.start();
    const load = torture.load(app, 8);
    await load.acknowledges(50);
    const crowd = new Crowd();
    torture.cleanUpWith(() => crowd.close());
    await crowd.open(origin, 300, () => undefined);
    // Deliveries on connections that are open go through; enough of them that the log is copied meanwhile.
    await load.acknowledges(2500).catch((error: unknown) => {
      const state = app.running ? "hung" : "died";
      throw new Error(`the app ${state} when its descriptors ran out: ${app.output.slice(-500)}`, {
        cause: error,
      });
    });
    crowd.close();
    await load.acknowledges(100);
    await finish(torture, app, load);
    return "300 connections to an app that may open 96 files, and back";
  },
};

const silent = 2000;
/** Until when the silent must be let go, in seconds: the time for headers is ten. */
const patience = 20;
/** Longest a good delivery may take meanwhile, in milliseconds, for 99 of 100. */
const bound = 4000;

const dawdling: readonly ((socket: Socket) => void)[] = [
  () => undefined,
  (socket) => socket.write("POST /webhooks HTTP/1.1\r\nHost: x\r\nX-Slow: "),
  (socket) => socket.write("POST /webhooks HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\n{"),
  (socket) =>
    socket.write("POST /webhooks HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"),
];

/** 2,000 slow and half-open connections; good deliveries go through meanwhile, and the slow ones are let go. */
export const slowConnections: Scenario = {
  name: "slow connections",
  run: async (torture) => {
    const app = torture.process({ SESSIONHOOK_BODY_TIMEOUT_SECONDS: "5" });
    const origin = await app.start();
    const crowd = new Crowd();
    torture.cleanUpWith(() => crowd.close());
    await crowd.open(origin, silent, (socket, i) => dawdling[i % dawdling.length]?.(socket));
    // A full accept queue lets the kernel try again after a second, then two.
    for (let tries = 0; tries < 50 && crowd.connected < silent; tries++) await pause(100);
    torture.check(crowd.connected === silent, `only ${crowd.connected} of ${silent} connected`);
    const load = torture.load(app, 8);
    const began = performance.now();
    let closed = 0;
    // Deno.serve has no time limit for headers and keeps a connection whose body it stopped reading.
    const expected = torture.app.runtime === "deno" ? 0 : silent;
    // Drips keep a connection from being idle; the time for the headers and the body must run out all the same.
    while (
      performance.now() - began < patience * 1000 &&
      (closed < expected || load.acknowledgements < 500)
    ) {
      crowd.write((i) => (i % dawdling.length === 3 ? "1\r\nx\r\n" : i % dawdling.length === 0 ? "" : "x"));
      closed = await crowd.untilClosed(silent, 1000);
    }
    const letGoAfter = performance.now() - began;
    const p99 = percentile(load, 0.99);
    torture.check(p99 < bound, `good deliveries took ${Math.round(p99)} ms (99 of 100)`);
    const { peak } = app.memory();
    torture.check(peak < 512, `${Math.round(peak)} MiB resident`);
    torture.check(
      closed >= expected,
      `after ${patience} s ${closed} of ${silent} were let go, not ${expected}`,
    );
    crowd.close();
    await finish(torture, app, load);
    return `${silent} connections, ${closed} let go within ${Math.round(letGoAfter / 1000)} s; good deliveries within ${Math.round(p99)} ms (99 of 100); ${Math.round(peak)} MiB at most`;
  },
};

function percentile({ latencies }: Load, share: number): number {
  return (
    latencies.toSorted((a, b) => a - b)[Math.floor(latencies.length * share)] ?? Number.POSITIVE_INFINITY
  );
}
