import { metric } from "../metrics.ts";
import type { Scenario, Torture } from "../scenario.ts";
import { Crowd } from "../sockets.ts";
import { finish } from "../faults.ts";
import { until } from "../wait.ts";

const mib = 1024 * 1024;
/**
 * Most resident memory, in MiB. Bodies may hold 256 MiB together; each is in the runtime's buffers and in the receiver's,
 * and released memory waits for the garbage collector. Five times as many attackers change little: about 650, 1050 and 1480.
 */
const most: Readonly<Record<string, number>> = { node: 1024, bun: 1536, deno: 2048 };
const mostResident = ({ app }: Torture): number => most[app.runtime] ?? 0;
const attackers = 600;
const smallAttackers = 2000;
const head = "webhook-id: evt_x\r\nwebhook-timestamp: 1\r\nwebhook-signature: v1,AAAA\r\n";
const large = Buffer.alloc(mib - 1, 0x7b);
const small = Buffer.alloc(64 * 1024 - 1, 0x5b);
/** Bytes of bodies that the app holds once the large ones have arrived, of its budget of 256 MiB. */
const arrived = 192 * mib;
/** Unsigned, too late, too many at once; or closed: a sender that is rejected while writing may see no answer. */
const refusals = new Set([401, 408, 503, 0]);
/** Time limit for an attack and its answers, in milliseconds, for a slow machine. */
const patience = 60_000;

/**
 * Unsigned bodies just under the limit, hundreds at once and all but finished, then many small ones held open, then
 * all finished. Memory stays bounded, rejections are proper, and genuine messages are acknowledged afterwards.
 */
export const hostileBodies: Scenario = {
  name: "hostile bodies",
  alone: true,
  run: async (torture) => {
    // Long enough that the app still holds the first bodies when the last ones have arrived.
    const app = torture.process({ SESSIONHOOK_BODY_TIMEOUT_SECONDS: "300" });
    const origin = await app.start();
    const load = torture.load(app, 4);
    await load.acknowledges(50);
    const crowd = new Crowd();
    torture.cleanUpWith(() => crowd.close());
    await crowd.open(origin, attackers, (socket, i) => {
      const length = i % 2 === 0 ? `Content-Length: ${mib}` : "Transfer-Encoding: chunked";
      socket.write(`POST /webhooks HTTP/1.1\r\nHost: x\r\n${head}${length}\r\n\r\n`);
      if (i % 2 === 1) socket.write(`${large.length.toString(16)}\r\n`);
      socket.write(large);
    });
    let held = 0;
    const largeCame = async () => {
      held = Math.max(held, await metric(origin, "memory_budget_used_bytes"));
      return crowd.connected === attackers && held >= arrived;
    };
    torture.check(
      await until(largeCame, patience),
      `the large bodies did not arrive: ${crowd.connected} connected, ${held} bytes held`,
    );
    // Declared small: read in one piece, and all but one byte sent.
    await crowd.open(origin, smallAttackers, (socket) => {
      socket.write(
        `POST /webhooks HTTP/1.1\r\nHost: x\r\n${head}Content-Length: ${small.length + 1}\r\n\r\n`,
      );
      socket.write(small);
    });
    const all = attackers + smallAttackers;
    torture.check(
      await until(() => crowd.connected === all && crowd.unsent === 0, patience),
      `the small bodies did not arrive: ${crowd.connected} connected, ${crowd.unsent} bytes unsent`,
    );
    crowd.write((i) => (i < attackers && i % 2 === 1 ? "\r\n0\r\n\r\n" : "}"));
    torture.check(
      await until(() => crowd.settled === all, patience),
      `only ${crowd.settled} of ${all} were answered`,
    );
    crowd.close();
    const answers = [...crowd.statuses].toSorted().map(([status, count]) => `${status}: ${count}`);
    torture.check(
      [...crowd.statuses.keys()].every((status) => refusals.has(status)),
      `no proper refusals: ${answers.join(", ")}`,
    );
    await load.acknowledges(100);
    const { peak } = app.memory();
    const limit = mostResident(torture);
    torture.check(peak < limit, `${Math.round(peak)} MiB resident, ${limit} are allowed`);
    await finish(torture, app, load);
    return `${attackers} bodies of 1 MiB and ${smallAttackers} of 64 KiB at once (${answers.join(", ")}); ${Math.round(held / mib)} MiB of bodies held, ${Math.round(peak)} MiB resident at most (limit ${limit})`;
  },
};
