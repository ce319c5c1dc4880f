import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { nodeWithPreload } from "../apps.ts";
import type { Scenario } from "../scenario.ts";
import { finish } from "../faults.ts";
import { until } from "../wait.ts";

/** Offsets from the true time in seconds: small steps, an hour, a day back, years, and back to zero. */
const jumps = [0, 200, -200, 3600, -86_400, 10 * 365 * 86_400, -400 * 86_400, 0];

const senders = 8;

/**
 * The app's wall clock jumps under load. While it is wrong, current messages are rejected as too old or too new (never
 * acknowledged and lost); senders with the same clock are served; nothing is stored twice when both send again.
 */
export const clockJumps: Scenario = {
  name: "clock jumps",
  runtimes: ["node"],
  run: async (torture) => {
    const file = join(torture.folder, "clock-offset");
    const set = (seconds: number) => {
      writeFileSync(`${file}.new`, String(seconds));
      renameSync(`${file}.new`, file);
    };
    set(0);
    const preload = fileURLToPath(new URL("../clock-offset.mjs", import.meta.url));
    const app = torture.process({ CLOCK_OFFSET_FILE: file }, nodeWithPreload(preload));
    await app.start();
    // Just after a jump the clocks of sender and app may differ: the message is rejected and sent again.
    const refusals = [401];
    const truthful = torture.load(app, senders, { refusals });
    let offset = 0;
    const following = torture.load(app, senders, { refusals, now: () => Date.now() + offset * 1000 });
    for (const jump of jumps) {
      const refused = truthful.count(401);
      set(jump);
      offset = jump;
      if (Math.abs(jump) > 300) {
        // More rejections than senders: the app has noticed the jump. Earlier messages may still be acknowledged.
        const jumped = await until(() => truthful.count(401) > refused + senders, 60_000);
        torture.check(jumped, `no refusal at ${jump} s`);
        const taken = truthful.acknowledgements;
        await following.acknowledges(40);
        const more = truthful.acknowledgements - taken;
        torture.check(more <= senders, `${more} messages ${jump} s away were taken`);
      } else {
        await truthful.acknowledges(20);
        await following.acknowledges(40);
      }
    }
    await following.stop();
    await finish(torture, app, truthful);
    torture.check(following.improper.length === 0, `improper answers: ${following.improper.join(" | ")}`);
    return `${jumps.length} jumps of up to ten years, forwards and back`;
  },
};
