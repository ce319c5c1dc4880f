import { spawnSync } from "node:child_process";
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import type { Scenario } from "../scenario.ts";
import { expectOutage, expectRecovery, finish, kill9, mountTmpfs, remount, setImmutable } from "../faults.ts";

/** The disk fills up under load, twice, and has space again. */
export const diskFull: Scenario = {
  name: "disk full",
  run: async (torture) => {
    const disk = join(torture.folder, "data");
    mountTmpfs(torture, disk, "6m");
    const app = torture.process();
    await app.start();
    const load = torture.load(app, 16);
    await expectOutage(torture, app, load, false);
    remount(disk, "size=16m");
    const first = await expectRecovery(torture, app, load);
    await expectOutage(torture, app, load, false);
    // Acknowledged events must also survive a crash on a full disk.
    await kill9(torture, app);
    remount(disk, "size=512m");
    await app.start();
    const second = await expectRecovery(torture, app, load);
    await finish(torture, app, load);
    return `filled the disk twice, the second time with kill -9; back after ${first} s and ${second} s`;
  },
};

/** The files become read-only while the app runs, and the whole disk before a start. */
export const diskReadOnly: Scenario = {
  name: "disk read-only",
  run: async (torture) => {
    const app = torture.process();
    await app.start();
    const load = torture.load(app, 16);
    await load.acknowledges(200);
    const files = [torture.file, `${torture.file}-wal`];
    torture.cleanUpWith(() => spawnSync("chattr", ["-i", ...files]));
    setImmutable("+i", files);
    await expectOutage(torture, app, load);
    setImmutable("-i", files);
    const took = await expectRecovery(torture, app, load);
    await finish(torture, app, load);

    const disk = join(torture.folder, "read-only");
    mountTmpfs(torture, disk, "64m");
    copyFileSync(torture.file, join(disk, "sessionhook.db"));
    remount(disk, "ro");
    const second = torture.process({ SESSIONHOOK_STORE: `sqlite:${disk}/sessionhook.db` });
    const { code, output } = await second.refuse();
    torture.check(code === 1, `on a read-only disk it ended with ${code}`);
    torture.check(/cannot be (?:written|opened)|read-only/.test(output), `unclear message: ${output}`);
    torture.check(!/\n\s+at /.test(output), `a stack trace instead of a message: ${output}`);
    remount(disk, "rw");
    await second.start();
    const again = torture.load(second, 8);
    await again.acknowledges(50);
    await finish(torture, second, again, join(disk, "sessionhook.db"));
    return `files read-only under load, back after ${took} s; refused to start on a read-only disk, started on the same one writable`;
  },
};
