import { readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { AppProcess } from "../app-process.ts";
import { mountTmpfs } from "../faults.ts";
import type { Scenario, Torture } from "../scenario.ts";
import { pause } from "../wait.ts";

/** A new database takes 280 KiB, and some ten events as much in its log. */
const diskBytes = 1024 * 1024;
const kills = 12;

/** First starts, which create credentials and a database: on a full disk, on a nearly full disk, and killed meanwhile. */
export const firstStart: Scenario = {
  name: "first start",
  run: async (torture) => {
    const data = join(torture.folder, "data");
    mountTmpfs(torture, data, String(diskBytes));
    const app = withoutCredentials(torture);
    const filler = join(data, "filler");
    writeFileSync(filler, Buffer.alloc(diskBytes));
    await expectRefusal(torture, app, /credentials\.json.*cannot be written.*(?:ENOSPC|No space left)/);
    torture.check(readdirSync(data).join() === "filler", `left behind: ${readdirSync(data).join()}`);

    truncateSync(filler, diskBytes - 8192);
    await expectRefusal(torture, app, /cannot open the store.*disk is full/i);
    const left = readdirSync(data).toSorted().join();
    torture.check(left === "credentials.json,filler", `left behind: ${left}`);
    rmSync(filler);

    const startMs = await timed(() => app.start());
    for (let kill = 0; kill < kills; kill++) {
      await app.end("SIGKILL");
      for (const name of readdirSync(data)) rmSync(join(data, name), { recursive: true });
      app.launch();
      await pause(torture.random(startMs));
      await app.end("SIGKILL");
      await app.start();
    }
    const unfinished = readdirSync(data).filter((name) => name.startsWith("."));
    torture.check(unfinished.length === 0, `left behind: ${unfinished.join()}`);
    const { signingSecret } = JSON.parse(readFileSync(join(data, "credentials.json"), "utf8")) as {
      signingSecret: string;
    };
    const load = torture.load(app, 4, { secret: signingSecret });
    await load.acknowledges(10);
    await load.stop();
    torture.check((await app.end("SIGTERM")) === 0, "the last stop was not clean");
    torture.audit();
    return `refused on a full disk and with room for credentials only, started after each; killed ${kills} times on the way`;
  },
};

function withoutCredentials(torture: Torture): AppProcess {
  const app = torture.process();
  delete app.env["SESSIONHOOK_SECRETS"];
  delete app.env["SESSIONHOOK_ADMIN_TOKEN"];
  return app;
}

async function expectRefusal(torture: Torture, app: AppProcess, message: RegExp): Promise<void> {
  const { code, output } = await app.refuse();
  torture.check(code === 1, `exit code ${code}`);
  torture.check(message.test(output), `unclear message: ${output.slice(0, 300)}`);
  torture.check(!/\n\s+at /.test(output), `a stack trace instead of a message: ${output.slice(0, 300)}`);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
