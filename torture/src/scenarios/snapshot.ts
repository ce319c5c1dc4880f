import { spawn } from "node:child_process";
import { once } from "node:events";
import { statSync } from "node:fs";
import type { AppProcess } from "../app-process.ts";
import type { Load } from "../load.ts";
import { metric } from "../metrics.ts";
import { CannotRun, type Scenario, type Torture } from "../scenario.ts";
import { finish } from "../faults.ts";
import { pause, until } from "../wait.ts";

const mib = 1024 * 1024;
/** The app truncates its log to 64 MiB, and from 128 MiB on waits for readers; events written meanwhile are added. */
const shortLog = 100 * mib;
const longLog = 160 * mib;
const longestBesideReaders = 330 * mib;
const written = 400 * mib;
const bodyBytes = 700_000;

/** Other programs read for long: one in a transaction that does not end, then many with always at least one reading. */
export const longReaders: Scenario = {
  name: "long readers",
  run: async (torture) => {
    const app = torture.process();
    await app.start();
    let made = 0;
    const next = () => ({ id: `msg_${torture.seed}_${made++}`, body: Buffer.alloc(bodyBytes, made % 251) });
    const load = torture.load(app, 6, { next, timeoutMs: 30_000 });
    await load.acknowledges(3);
    const longest = await besideOne(torture, app, load);
    const crowded = await besideMany(torture, load);
    await finish(torture, app, load);
    return `the log grew to ${Math.round(longest / mib)} MiB beside one reader, and to ${Math.round(crowded / mib)} beside a crowd`;
  },
};

async function besideOne(torture: Torture, app: AppProcess, load: Load): Promise<number> {
  const end = await startReading(torture, "one");
  torture.check(await until(() => logOf(torture) > longLog, 120_000), "the log did not grow");
  const longest = logOf(torture);
  const told = await metric(app.origin ?? "", "store_log_bytes");
  torture.check(told >= longest, `/metrics says ${told} bytes of a log of ${longest}`);
  await load.acknowledges(5);
  await end();
  const short = await until(() => logOf(torture) < shortLog, 60_000);
  torture.check(short, `the log still has ${logOf(torture)} bytes after the reader has ended`);
  return longest;
}

async function besideMany(torture: Torture, load: Load): Promise<number> {
  const end = await startReading(torture, "many");
  const target = load.acknowledgements + written / bodyBytes;
  const deadline = performance.now() + 180_000;
  let longest = 0;
  while (load.acknowledgements < target && performance.now() < deadline) {
    longest = Math.max(longest, logOf(torture));
    await pause(20);
  }
  await end();
  torture.check(load.acknowledgements >= target, "writing beside readers takes too long");
  torture.check(longest < longestBesideReaders, `the log grew to ${longest} bytes beside short readers`);
  return longest;
}

const logOf = ({ file }: Torture): number => statSync(`${file}-wal`).size;

const script = `
import random, sqlite3, sys, threading, time
path, how = sys.argv[1:]
def begin():
    db = sqlite3.connect(path, isolation_level=None, timeout=10)
    db.execute("BEGIN")
    db.execute("SELECT count(*) FROM events").fetchone()
    return db
def read():
    while True:
        db = begin()
        time.sleep(0.1 + random.random() / 10)
        db.close()
if how == "one": held = begin()
else:
    for _ in range(8): threading.Thread(target=read, daemon=True).start()
print("reading", flush=True)
sys.stdin.read()
`;

async function startReading(torture: Torture, how: "one" | "many"): Promise<() => Promise<void>> {
  const child = spawn("python3", ["-c", script, torture.file, how], { stdio: ["pipe", "pipe", "inherit"] });
  const closed = once(child, "close").catch(() => undefined);
  const end = async () => {
    child.kill("SIGKILL");
    await closed;
  };
  torture.cleanUpWith(end);
  if ((await Promise.race([once(child.stdout, "data"), closed])) === undefined)
    throw new CannotRun("python3 is not installed");
  return end;
}
