import { copyFileSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { AppProcess } from "../app-process.ts";
import { type FileChange, fileChanges, type Files } from "../file-changes.ts";
import type { Load } from "../load.ts";
import type { Scenario, Torture } from "../scenario.ts";
import { kill9 } from "../faults.ts";
import { pause, until } from "../wait.ts";

/**
 * Deletes, truncates and replaces the database files while the app is busy. At the end, every acknowledged event that was
 * sent after the last change must be in the database, and every earlier one in the file to which it was moved.
 */
export const changedFiles: Scenario = {
  name: "changed files",
  run: async (torture) => {
    const app = torture.process({ LOG_LEVEL: "warning" });
    await app.start();
    const load = torture.load(app, 16);
    const order = fileChanges.toSorted(() => torture.random(2) - 0.5);
    const harm = { ended: 0, damaged: 0 };
    for (const change of order) {
      try {
        await applyChange(torture, app, load, change, harm);
      } catch (error) {
        throw new Error(`${change.name}: ${String(error)}`, { cause: error });
      }
    }
    await load.acknowledges(50);
    await kill9(torture, app);
    await load.stop();
    await app.start();
    torture.check((await app.end("SIGTERM")) === 0, "the last stop was not clean");
    torture.check(load.improper.length === 0, `improper answers: ${load.improper.join(" | ")}`);
    torture.audit();
    return `${order.length} changes under 16 senders, ${load.count(503)} times 503; an emptied index ended the process ${harm.ended} times, and ${harm.damaged} times the database was damaged`;
  },
};

/** Counts how often the process ended and how often the database was damaged. */
interface Harm {
  ended: number;
  damaged: number;
}

async function applyChange(
  torture: Torture,
  app: AppProcess,
  load: Load,
  change: FileChange,
  harm: Harm,
): Promise<void> {
  const { ledger } = torture;
  await load.acknowledges(80);
  const files = filesOf(torture);
  backUp(files);
  copyFileSync(files.backup, files.spare);
  await pause(torture.random(300));
  const before = ledger.now().acknowledged;
  change.change(files);
  let changed = performance.now();
  if (change.restore !== undefined) {
    await pause(200 + torture.random(2500));
    change.restore(files);
    if (change.mayBeHidden === true) changed = performance.now();
  }
  let restored = performance.now();
  const served = () => [...ledger.begun.values()].filter((begun) => begun > restored).length >= 40;
  if (change.mayEnd === true && (await until(() => served() || !app.running, 30_000)) && !app.running) {
    harm.ended++;
    await app.start();
    restored = performance.now();
  }
  let recovered = await until(served, change.mayDamage === true ? 15_000 : 30_000);
  load.paused = true;
  await pause(300);
  if (change.mayDamage === true && (!recovered || !isWhole(files.db))) {
    harm.damaged++;
    torture.check(
      !isWhole(files.db),
      `${change.name}: not recovered, although the database is whole: ${app.output.slice(-500)}`,
    );
    renameSync(files.spare, files.db);
    changed = restored = performance.now();
    load.paused = false;
    recovered = await until(served, 30_000);
    load.paused = true;
    await pause(300);
  }
  torture.check(recovered, `${change.name}: not recovered: ${app.output.slice(-500)}`);
  torture.check(app.running, `${change.name}: the process has ended: ${app.output.slice(-300)}`);
  if (!app.running) await app.start();

  checkNothingLost(torture, files, change, before, changed);
  rmSync(files.away, { recursive: true, force: true });
  for (const file of [files.backup, files.spare, `${files.away}-wal`, `${files.away}-shm`])
    rmSync(file, { force: true });
  load.paused = false;
}

/** @param before ids acknowledged before the change at the time `changed` */
function checkNothingLost(
  torture: Torture,
  files: Files,
  change: FileChange,
  before: ReadonlySet<string>,
  changed: number,
): void {
  const { ledger } = torture;
  const preserved = change.preservedIn?.(files);
  const there = idsIn(files.db);
  const missing = [...ledger.acknowledged].filter((id) => !there.has(id));
  if (preserved !== undefined && preserved !== files.db) {
    const kept = idsIn(preserved);
    const lost = [...before].filter((id) => !kept.has(id) && ledger.acknowledged.has(id));
    torture.check(
      lost.length === 0,
      `${change.name}: ${lost.length} of ${before.size} earlier events are lost`,
    );
  }
  const mustBeThere = (id: string) => preserved === files.db || (ledger.begun.get(id) ?? 0) > changed;
  const lost = missing.filter(mustBeThere).length;
  torture.check(lost === 0, `${change.name}: ${lost} events are lost`);
  // The next change reports only its own.
  ledger.forget(missing);
}

function isWhole(file: string): boolean {
  try {
    using db = new DatabaseSync(file, { readOnly: true });
    db.exec("PRAGMA busy_timeout = 10000");
    return db.prepare("PRAGMA integrity_check").get()?.["integrity_check"] === "ok";
  } catch {
    return false;
  }
}

function filesOf({ file, folder }: Torture): Files {
  return {
    folder: dirname(file),
    db: file,
    wal: `${file}-wal`,
    shm: `${file}-shm`,
    backup: join(folder, "backup.db"),
    spare: join(folder, "spare.db"),
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
