import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { join } from "node:path";
import { createSimulator } from "@sessionhook/simulator";
import { expect, it, vi } from "vitest";
import { countLocks, listsLocks } from "../file-locks.js";
import type { AppCommand } from "./app-process.js";
import { useApps } from "./use-apps.js";

const simulator = createSimulator({ seed: 10, now: Date.now() });
const soon = { timeout: 20_000, interval: 20 };
/** A different SQLite from those of the runtimes; Debian 12 has 3.40. */
const read =
  "import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute('SELECT count(*) FROM events').fetchone()[0])";

/** Tests that other programs can open and close the database of a running app. */
export function describeOutsideReaders(command: AppCommand): void {
  const make = useApps(command);

  it.skipIf(!listsLocks)(
    "holds its locks on the database and on its log's index once events come",
    async () => {
      const app = await make().start();
      const file = join(app.folder, "data", "sessionhook.db");
      // A transaction, such as that of the router, holds more for a moment.
      const holdsLocks = () =>
        vi.waitFor(() => {
          const locks = [file, `${file}-shm`].map((name) => countLocks(app.pid, name));
          expect(locks).toEqual([1, 1]);
        }, soon);
      await holdsLocks();
      for (let i = 0; i < 3; i++) {
        const { id, body } = simulator.next();
        expect((await app.send(id, body)).status).toBe(200);
        await holdsLocks();
      }
      expect((await fetch(`${app.origin}/readyz`)).status).toBe(200);
      await holdsLocks();
    },
  );

  it.skipIf(!hasPython())(
    "keeps its log and every event while another SQLite opens and closes the file",
    async () => {
      const app = await make().start();
      const file = join(app.folder, "data", "sessionhook.db");
      const logs = new Set<number>();
      for (let count = 1; count <= 5; count++) {
        const { id, body } = simulator.next();
        expect((await app.send(id, body)).status).toBe(200);
        const { stdout } = spawnSync("python3", ["-c", read, file], { encoding: "utf8" });
        expect(stdout.trim()).toBe(String(count));
        logs.add(statSync(`${file}-wal`).ino);
      }
      expect(logs.size).toBe(1);
      await app.end("SIGKILL");
      await app.start();
      expect(await app.json("/stats")).toMatchObject({ accepted: 5 });
    },
  );
}

function hasPython(): boolean {
  if (process.env["REQUIRE_SQLITE_TOOLS"] === "1") return true;
  return spawnSync("python3", ["-c", "import sqlite3"]).status === 0;
}
