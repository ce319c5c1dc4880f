import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { nodeWithPreload } from "../apps.ts";
import { pause } from "../load.ts";
import type { Scenario } from "../scenario.ts";
import { finish } from "../trouble.ts";

/** Seconds from the true time: small steps, an hour, a day back, years, and home. */
const jumps = [0, 200, -200, 3600, -86_400, 10 * 365 * 86_400, -400 * 86_400, 0];

/**
 * The app's wall clock jumps under load. While it is wrong, fresh deliveries are refused as too old or too new (never
 * acknowledged and lost); senders on the same clock are served; nothing is doubled when both come again.
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
    const truthful = torture.load(app, 8);
    let offset = 0;
    const following = torture.load(app, 8, { now: () => Date.now() + offset * 1000 });
    for (const jump of jumps) {
      set(jump);
      offset = jump;
      await pause(60);
      const before = { taken: truthful.acknowledgements, refused: truthful.count(401) };
      await following.acknowledges(40);
      await pause(100);
      if (Math.abs(jump) > 300) {
        torture.check(truthful.count(401) > before.refused, `no refusal at ${jump} s`);
        torture.check(truthful.acknowledgements - before.taken <= 8, `deliveries ${jump} s away were taken`);
      } else await truthful.acknowledges(20);
    }
    await following.stop();
    await finish(torture, app, truthful);
    torture.check(following.improper.length === 0, `improper answers: ${following.improper.join(" | ")}`);
    return `${jumps.length} jumps of up to ten years, forwards and back`;
  },
};
