import { rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { AppProcess } from "../app-process.ts";
import { type FileChange, fileChanges, type Files } from "../file-changes.ts";
import type { Load } from "../load.ts";
import type { Scenario, Torture } from "../scenario.ts";
import { kill9 } from "../faults.ts";
import { pause, until } from "../wait.ts";

/**
 * The files are deleted, cut and replaced under the app while it is busy. Every event of which the attempt began after
 * such a change and that was acknowledged must be there in the end, and those before it wherever they were moved.
 */
export const changedFiles: Scenario = {
  name: "changed files",
  run: async (torture) => {
    const app = torture.process({ LOG_LEVEL: "warning" });
    await app.start();
    const load = torture.load(app, 16);
    const order = fileChanges.toSorted(() => torture.random(2) - 0.5);
    let ended = 0;
    for (const change of order) ended += await suffer(torture, app, load, change);
    await load.acknowledges(50);
    await kill9(torture, app);
    await load.stop();
    await app.start();
    torture.check((await app.end("SIGTERM")) === 0, "the last stop was not clean");
    torture.check(load.improper.length === 0, `improper answers: ${load.improper.join(" | ")}`);
    torture.audit();
    return `${order.length} changes under 16 senders, ${load.count(503)} times 503, the process ended ${ended} times of an emptied index`;
  },
};

/** Returns how often the process ended. */
async function suffer(torture: Torture, app: AppProcess, load: Load, change: FileChange): Promise<number> {
  const { ledger } = torture;
  await load.acknowledges(80);
  const files = filesOf(torture);
  backUp(files);
  await pause(torture.random(300));
  const before = ledger.now().acknowledged;
  change.change(files);
  const changed = performance.now();
  if (change.restore !== undefined) {
    await pause(200 + torture.random(2500));
    change.restore(files);
  }
  if (change.mayEnd === true) await pause(500);
  const ended = change.mayEnd === true && !app.running ? 1 : 0;
  if (ended === 1) await app.start();
  const restored = performance.now();
  const begunSince = (since: number) => [...ledger.begun.values()].filter((begun) => begun > since).length;
  const recovered = await until(() => begunSince(restored) >= 40, 30_000);
  torture.check(recovered, `${change.name}: not recovered`);
  torture.check(app.running, `${change.name}: the process has ended: ${app.output.slice(-300)}`);
  if (!app.running) await app.start();

  load.paused = true;
  await pause(300);
  const kept = change.keptIn?.(files);
  if (kept !== undefined) {
    const there = idsIn(kept);
    const lost = [...before].filter((id) => !there.has(id) && ledger.acknowledged.has(id)).length;
    torture.check(lost === 0, `${change.name}: ${lost} of ${before.size} from before it are lost`);
  }
  if (kept !== files.db) {
    const there = idsIn(files.db);
    ledger.forget(
      [...ledger.acknowledged].filter((id) => (ledger.begun.get(id) ?? 0) <= changed && !there.has(id)),
    );
  }
  rmSync(files.away, { recursive: true, force: true });
  for (const left of [files.backup, `${files.away}-wal`, `${files.away}-shm`]) rmSync(left, { force: true });
  load.paused = false;
  return ended;
}

function filesOf({ file, folder }: Torture): Files {
  return {
    folder: dirname(file),
    db: file,
    wal: `${file}-wal`,
    shm: `${file}-shm`,
    backup: join(folder, "backup.db"),
    away: join(folder, "away"),
  };
}

function backUp({ db, backup }: Files): void {
  using source = new DatabaseSync(db, { readOnly: true });
  source.exec("PRAGMA busy_timeout = 10000");
  source.prepare("VACUUM INTO ?").run(backup);
}

function idsIn(file: string): ReadonlySet<unknown> {
  using db = new DatabaseSync(file, { readOnly: true });
  db.exec("PRAGMA busy_timeout = 10000");
  return new Set(
    db
      .prepare("SELECT id FROM events JOIN received USING (seq)")
      .all()
      .map(({ id }) => id),
  );
}
