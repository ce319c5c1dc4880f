import { pause } from "../load.ts";
import type { Scenario } from "../scenario.ts";
import { Crowd } from "../sockets.ts";
import { finish } from "../trouble.ts";

const mib = 1024 * 1024;
/**
 * Most resident memory, in MiB. Bodies may hold 256 MiB together; each is in the runtime's buffers and in the receiver's,
 * and what was let go waits to be collected. Five times the attackers change little: about 650, 1050 and 1480.
 */
const most: Readonly<Record<string, number>> = { node: 1024, bun: 1536, deno: 2048 };
const attackers = 600;

/**
 * Unsigned bodies just under the limit, hundreds at once and all but finished, then many small ones held open, then
 * all finished. Memory stays bounded, refusals are proper, and good deliveries go through afterwards.
 */
export const hostileBodies: Scenario = {
  name: "hostile bodies",
  alone: true,
  run: async (torture) => {
    const app = torture.process();
    const origin = await app.start();
    const load = torture.load(app, 4);
    await load.acknowledges(50);
    const large = Buffer.alloc(mib - 1, 0x7b);
    const small = Buffer.alloc(64 * 1024 - 1, 0x5b);
    const crowd = new Crowd();
    torture.cleanUpWith(() => crowd.close());
    await crowd.open(origin, attackers, (socket, i) => {
      const length = i % 2 === 0 ? `Content-Length: ${mib}` : "Transfer-Encoding: chunked";
      socket.write(`POST /webhooks HTTP/1.1\r\nHost: x\r\n${head}${length}\r\n\r\n`);
      if (i % 2 === 1) socket.write(`${large.length.toString(16)}\r\n`);
      socket.write(large);
    });
    await pause(3000);
    const held = app.memory().now;
    torture.check(app.running, "the app died");
    // Declared small: read in one piece, and all but one byte sent.
    await crowd.open(origin, 2000, (socket) => {
      socket.write(
        `POST /webhooks HTTP/1.1\r\nHost: x\r\n${head}Content-Length: ${small.length + 1}\r\n\r\n`,
      );
      socket.write(small);
    });
    await pause(2000);
    crowd.write((i) => (i < attackers && i % 2 === 1 ? "\r\n0\r\n\r\n" : "}"));
    await pause(1500);
    crowd.close();
    await load.acknowledges(100);
    const { peak } = app.memory();
    const limit = most[torture.app.runtime] ?? 0;
    torture.check(peak < limit, `${Math.round(peak)} MiB resident, ${limit} are allowed`);
    await finish(torture, app, load);
    return `${attackers} bodies of 1 MiB and 2000 of 64 KiB at once; ${Math.round(held)} MiB with the first, ${Math.round(peak)} MiB at most (limit ${limit})`;
  },
};

const head = "webhook-id: evt_x\r\nwebhook-timestamp: 1\r\nwebhook-signature: v1,AAAA\r\n";
