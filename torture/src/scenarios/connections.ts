import type { Socket } from "node:net";
import { percentile } from "@sessionhook/testkit";
import { limited } from "../apps.ts";
import { ask } from "../http.ts";
import type { Scenario } from "../scenario.ts";
import { freePort } from "@sessionhook/testkit";
import { Crowd } from "../sockets.ts";
import { finish } from "../faults.ts";
import { until } from "../wait.ts";

const files = 96;

/** File descriptors run out and become available again. */
export const descriptors: Scenario = {
  name: "file descriptors run out",
  run: async (torture) => {
    // Deno has permission for a fixed port only: on a port that the system chose it could not listen again.
    const app = torture.process({ PORT: String(await freePort()) }, limited(torture.command, `-n ${files}`));
    const origin = await app.start();
    const load = torture.load(app, 8);
    await load.acknowledges(50);
    const crowd = new Crowd();
    torture.cleanUpWith(() => crowd.close());
    await crowd.open(origin, 300, () => undefined);
    const ranOut = await until(() => app.running && app.openFiles >= files - 1, 30_000);
    torture.check(ranOut || !app.running, "its descriptors never ran out");
    // Messages on open connections are acknowledged; enough of them that the log is copied meanwhile.
    await load.acknowledges(2500).catch((error: unknown) => {
      const state = app.running ? "hung" : "died";
      throw new Error(`the app ${state} when its descriptors ran out: ${app.output.slice(-500)}`, {
        cause: error,
      });
    });
    torture.check(app.openFiles < 2 * files, `${app.openFiles} files are open, so the limit does not hold`);
    crowd.close();
    await load.acknowledges(100);
    // The senders reuse their connections, so only a new one shows whether the app still listens.
    const listens = () =>
      ask(`${origin}/healthz`).then(
        ({ status }) => status === 200,
        () => false,
      );
    torture.check(await until(listens, 30_000), "it lets no new connection in any more");
    await finish(torture, app, load);
    return `300 connections to an app that may open ${files} files, and back`;
  },
};

const silent = 2000;
/** Time limit for closing silent connections, in seconds: the limit for headers is 10. Node's own default of 60 is too long. */
const patience = 45;
/** Minimum duration of the attack, in seconds: longer than the time limit for bodies. */
const shortest = 8;
/** Maximum waiting time of 99 of 100 genuine messages during the attack, in milliseconds. */
const bound = 4000;
/** Minimum number of genuine messages for a meaningful 99th percentile. */
const enough = 100;

const dawdling: readonly ((socket: Socket) => void)[] = [
  () => undefined,
  (socket) => socket.write("POST /webhooks HTTP/1.1\r\nHost: x\r\nX-Slow: "),
  (socket) => socket.write("POST /webhooks HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\n{"),
  (socket) =>
    socket.write("POST /webhooks HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"),
];

/** 2,000 slow and half-open connections: genuine messages are acknowledged meanwhile, and the slow connections closed. */
export const slowConnections: Scenario = {
  name: "slow connections",
  alone: true,
  run: async (torture) => {
    const app = torture.process({ SESSIONHOOK_BODY_TIMEOUT_SECONDS: "5" });
    const origin = await app.start();
    const load = torture.load(app, 8);
    await load.acknowledges(50);
    const crowd = new Crowd();
    torture.cleanUpWith(() => crowd.close());
    const before = load.acknowledgements;
    await crowd.open(origin, silent, (socket, i) => dawdling[i % dawdling.length]?.(socket));
    // With a full accept queue the kernel retries after one second, then two, four and eight.
    await until(() => crowd.connected === silent, 20_000);
    torture.check(crowd.connected === silent, `only ${crowd.connected} of ${silent} connected`);
    const began = performance.now();
    const seconds = () => (performance.now() - began) / 1000;
    let closed = 0;
    while (
      seconds() < patience &&
      (closed < silent || seconds() < shortest || load.acknowledgements - before < enough)
    ) {
      // Dripping bytes prevent an idle timeout; the time limits for headers and body must apply nevertheless.
      crowd.write((i) => (i % dawdling.length === 3 ? "1\r\nx\r\n" : i % dawdling.length === 0 ? "" : "x"));
      // The senders reuse their connections: a new one must be accepted as well.
      await ask(`${origin}/healthz`);
      closed = await crowd.untilClosed(silent, 1000);
    }
    const letGoAfter = seconds();
    const waits = load.waits.slice(before);
    const p99 = percentile(waits, 99);
    const { peak } = app.memory();
    torture.check(
      load.acknowledgements - before >= enough,
      `only ${load.acknowledgements - before} good messages were acknowledged meanwhile`,
    );
    torture.check(p99 < bound, `good messages waited ${Math.round(p99)} ms (99 of 100)`);
    torture.check(peak < 512, `${Math.round(peak)} MiB resident`);
    torture.check(closed === silent, `after ${patience} s only ${closed} of ${silent} were let go`);
    crowd.close();
    await finish(torture, app, load);
    return `${silent} connections, ${closed} let go within ${Math.round(letGoAfter)} s; good messages within ${Math.round(p99)} ms (99 of 100); ${Math.round(peak)} MiB at most`;
  },
};
