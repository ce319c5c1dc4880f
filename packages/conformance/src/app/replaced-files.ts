import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { createSimulator } from "@sessionhook/simulator";
import { expect, it } from "vitest";
import type { AppCommand, AppProcess } from "./app-process.js";
import { idsIn } from "./ids-in.js";
import { useApps } from "./use-apps.js";

const simulator = createSimulator({ seed: 10, now: Date.now() });

/** The paths of a change. */
interface Files {
  readonly folder: string;
  readonly db: string;
  readonly wal: string;
  readonly shm: string;
  /** A valid older state of the database, in another folder. */
  readonly backup: string;
  /** An unused path in another folder. */
  readonly away: string;
}

/** A change of the files while the app runs, and the database that must then contain the events acknowledged before. */
interface Change {
  readonly name: string;
  readonly change: (files: Files) => void;
  /** Makes the path valid again if `change` leaves it invalid. */
  readonly restore?: (files: Files) => void;
  /** The database that must contain the events acknowledged before the change; undefined if they were deleted with it. */
  readonly preservedIn?: (files: Files) => string;
}

const moveBackup = ({ db, backup }: Files) => renameSync(backup, db);
const inDatabase = ({ db }: Files) => db;

const changes: readonly Change[] = [
  { name: "the database is removed", change: ({ db }) => rmSync(db), restore: moveBackup },
  {
    name: "the database, its log and its index are removed",
    change: ({ db, wal, shm }) => [db, wal, shm].forEach((file) => rmSync(file)),
    restore: moveBackup,
  },
  {
    name: "the folder is removed",
    change: ({ folder }) => rmSync(folder, { recursive: true }),
    restore: (files) => {
      mkdirSync(files.folder);
      moveBackup(files);
    },
  },
  {
    name: "the folder is moved away and back",
    change: ({ folder, away }) => renameSync(folder, away),
    restore: ({ folder, away }) => renameSync(away, folder),
    preservedIn: inDatabase,
  },
  {
    name: "the folder is moved away and another is put there",
    change: (files) => {
      renameSync(files.folder, files.away);
      mkdirSync(files.folder);
      moveBackup(files);
    },
    preservedIn: ({ away }) => join(away, "sessionhook.db"),
  },
  {
    name: "the database is moved away and back",
    change: ({ db, away }) => renameSync(db, away),
    restore: ({ db, away }) => renameSync(away, db),
    preservedIn: inDatabase,
  },
  {
    name: "the database is moved away and a backup is put there",
    change: (files) => {
      renameSync(files.db, files.away);
      moveBackup(files);
    },
    preservedIn: ({ away }) => away,
  },
  { name: "a backup is moved over the database", change: moveBackup },
  {
    name: "a backup is copied over the database",
    change: ({ db, backup }) => copyFileSync(backup, db),
  },
  {
    name: "the database is emptied",
    change: ({ db }) => truncateSync(db),
    restore: ({ db, backup }) => copyFileSync(backup, db),
  },
  {
    name: "the database is cut short",
    change: ({ db }) => truncateSync(db, statSync(db).size / 2),
    restore: moveBackup,
  },
  { name: "the log is removed", change: ({ wal }) => rmSync(wal), preservedIn: inDatabase },
  { name: "the index of the log is removed", change: ({ shm }) => rmSync(shm), preservedIn: inDatabase },
  {
    name: "the log and its index are removed",
    change: ({ wal, shm }) => [wal, shm].forEach((file) => rmSync(file)),
    preservedIn: inDatabase,
  },
  { name: "the log is emptied", change: ({ wal }) => truncateSync(wal) },
  { name: "the log is cut short", change: ({ wal }) => truncateSync(wal, statSync(wal).size - 5000) },
];

/** Tests that files may be deleted, truncated or replaced while the app has them open. */
export function describeReplacedFiles(command: AppCommand): void {
  const make = useApps(command);

  it.each(changes)("loses nothing it acknowledges and recovers: $name", async (change) => {
    const app = make();
    await runChange(app, change, filesOf(app));
  });

  it("loses nothing it acknowledges and recovers: the symbolic link is pointed elsewhere", async () => {
    const app = make({ SESSIONHOOK_STORE: "sqlite:./data/current.db" });
    const files = filesOf(app);
    const link = join(files.folder, "current.db");
    mkdirSync(files.folder);
    writeFileSync(files.db, "");
    symlinkSync("sessionhook.db", link);
    const change = () => {
      renameSync(files.backup, join(files.folder, "other.db"));
      symlinkSync("other.db", `${link}.new`);
      renameSync(`${link}.new`, link);
    };
    await runChange(app, { name: "", change, preservedIn: inDatabase }, files);
  });
}

function filesOf({ folder: home }: AppProcess): Files {
  const folder = join(home, "data");
  const db = join(folder, "sessionhook.db");
  return {
    folder,
    db,
    wal: `${db}-wal`,
    shm: `${db}-shm`,
    backup: join(home, "backup.db"),
    away: join(home, "away"),
  };
}

async function runChange(
  app: AppProcess,
  { change, restore, preservedIn }: Change,
  files: Files,
): Promise<void> {
  await app.start();
  for (let i = 0; i < 3; i++) expect(await sendOne(app)).toMatchObject({ status: 200 });
  await app.end("SIGTERM");
  copyFileSync(files.db, files.backup);
  await app.start();
  const before = await sendMany(app, 5);
  expect(before).toHaveLength(5);

  change(files);
  const acknowledged = await sendMany(app, 20);
  if (restore !== undefined) {
    expect(acknowledged).toEqual([]);
    await expectOutage(app);
    restore(files);
  }
  const reasons = () =>
    Array.from(
      app.output.matchAll(/"the store cannot be used","[^\n]*?"reason":"([^"]*)"/g),
      ([, text]) => text,
    );
  await expect.poll(() => reasons().length).toBeGreaterThan(0);
  await expect
    .poll(async () => (await sendOne(app, acknowledged)).status, { timeout: 20_000, interval: 200 })
    .toBe(200);
  acknowledged.push(...(await sendMany(app, 20)));
  expect(acknowledged.length).toBeGreaterThanOrEqual(21);
  await expect.poll(async () => (await fetch(`${app.origin}/readyz`)).status, { timeout: 20_000 }).toBe(200);
  expect((await app.api("/events?limit=1")).status).toBe(200);
  expect(new Set(reasons()).size).toBe(reasons().length);
  // The connection of the deliveries can be the last to return.
  await expect
    .poll(() => app.output, { timeout: 20_000 })
    .toContain('"message":"the store can be used again"');

  expect(await app.end("SIGKILL")).toBe("SIGKILL");
  await app.start();
  for (const id of acknowledged) expect((await app.api(`/events/${id}`)).status).toBe(200);
  await app.end("SIGTERM");
  if (preservedIn === undefined) return;
  expect(idsIn(preservedIn(files))).toEqual(expect.arrayContaining(before));
  // The app leaves no log or index of its database.
  expect(readdirSync(dirname(files.db)).filter((name) => /-(?:wal|shm)/.test(name))).toEqual([]);
}

/** Expects that the app accepts and shows no event, and answers 503 with Retry-After. */
async function expectOutage(app: AppProcess): Promise<void> {
  const refused = await sendOne(app);
  expect(refused.status).toBe(503);
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(await refused.json()).toMatchObject({ code: "store_unavailable" });
  await expect.poll(async () => (await fetch(`${app.origin}/readyz`)).status).toBe(503);
  for (const path of ["/events", "/stats"]) expect((await app.api(path)).status).toBe(503);
  expect((await fetch(`${app.origin}/healthz`)).status).toBe(200);
}

async function sendOne(app: AppProcess, acknowledged: string[] = []): Promise<Response> {
  const { id, body } = simulator.next();
  const answer = await app.send(id, body);
  if (answer.ok) acknowledged.push(id);
  return answer;
}

/** Sends messages and returns the ids of those that were acknowledged; the others were rejected with 503. */
async function sendMany(app: AppProcess, count: number): Promise<string[]> {
  const acknowledged: string[] = [];
  for (let i = 0; i < count; i++) {
    const { status } = await sendOne(app, acknowledged);
    expect(status).toBeOneOf([200, 503]);
  }
  return acknowledged;
}
