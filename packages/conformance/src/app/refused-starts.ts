import { chmodSync, chownSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createSimulator } from "@sessionhook/simulator";
import { describe, expect, it, onTestFinished } from "vitest";
import { type AppCommand, AppProcess, adminToken, secret } from "./app-process.js";
import { inMountNamespace, namespacesMissing } from "./mount-namespace.js";
import { asOtherUser, giveToOtherUser, otherUser, otherUserMissing } from "./other-user.js";
import { useApps } from "./use-apps.js";
import { withoutCredentials } from "./without-credentials.js";

const simulator = createSimulator({ seed: 10, now: Date.now() });
const data = (app: AppProcess) => join(app.folder, "data");
const credentials = (app: AppProcess) => join(data(app), "credentials.json");

/** Starts the app, which must end with code 1 and one message: of the parts, and without a stack or a secret. */
async function refusal(app: AppProcess): Promise<string> {
  const message = await app.start().then(
    () => "started",
    // Node before 22.16 warns of its SQLite first.
    (reason: Error) => reason.message.replaceAll(/\(node:\d+\) ExperimentalWarning: .*\n\(Use .*\n/g, ""),
  );
  expect(message).toMatch(/^exit 1: sessionhook: /);
  expect(message).not.toMatch(/\n\s+at |file:\/\//);
  expect(message).not.toContain(secret.slice(6));
  return message;
}

/** Starts that a file, a folder, a permission or the network prevents. */
export function describeRefusedStarts(command: AppCommand): void {
  const make = useApps(command);

  describe("names what is in the way", () => {
    it.each([
      ["a file where the folder should be", "sqlite:data/x.db", (at: string) => writeFileSync(at, "")],
      ["a file where a parent should be", "sqlite:data/sub/x.db", (at: string) => writeFileSync(at, "")],
      ["a circle of links", "sqlite:data/x.db", (at: string) => symlinkSync("data", at)],
      [
        "a folder where the file should be",
        "sqlite:data/x.db",
        (at: string) => mkdirSync(join(at, "x.db"), { recursive: true }),
      ],
      ["a name that is too long", `sqlite:data/${"x".repeat(300)}.db`, (at: string) => mkdirSync(at)],
    ])("%s", async (_, store, prepare) => {
      const app = make({ SESSIONHOOK_STORE: store });
      prepare(data(app));
      expect(await refusal(app)).toContain(join(app.folder, store.slice("sqlite:".length)));
      if (!store.endsWith("data/x.db")) return;
      const first = withoutCredentials(make({ SESSIONHOOK_STORE: store }));
      prepare(data(first));
      expect(await refusal(first)).toContain(data(first));
    });

    it.each([
      ["SESSIONHOOK_SECRETS_FILE", "missing", undefined, "there is no such file"],
      ["SESSIONHOOK_SECRETS_FILE", "a folder", (at: string) => mkdirSync(at), "it is a folder"],
      ["SESSIONHOOK_SECRETS_FILE", "empty", (at: string) => writeFileSync(at, "\n"), "is empty"],
      [
        "SESSIONHOOK_SECRETS_FILE",
        "UTF-16",
        (at: string) => writeFileSync(at, `\uFEFF${secret}`, "utf16le"),
        "is not UTF-8",
      ],
      [
        "SESSIONHOOK_SECRETS_FILE",
        "quoted",
        (at: string) => writeFileSync(at, `"${secret}"\n`),
        "begins with a quote",
      ],
      [
        "SESSIONHOOK_ADMIN_TOKEN_FILE",
        "quoted",
        (at: string) => writeFileSync(at, `"${adminToken}"\n`),
        "begins with a quote",
      ],
      [
        "SESSIONHOOK_ADMIN_TOKEN_FILE",
        "two lines",
        (at: string) => writeFileSync(at, `${adminToken}\n\n`),
        "ends with white space",
      ],
      ["SESSIONHOOK_CONFIG", "a folder", (at: string) => mkdirSync(at), "it is a folder"],
      ["SESSIONHOOK_CONFIG", "broken", (at: string) => writeFileSync(at, "{"), "is not valid JSON"],
    ])("%s: %s", async (name, _, prepare, reason) => {
      const app = make();
      const at = join(app.folder, "file");
      delete app.env[name.replace(/_FILE$/, "")];
      app.env[name] = at;
      prepare?.(at);
      const message = await refusal(app);
      expect(message).toContain(at);
      expect(message).toContain(reason);
      expect(message).not.toContain(adminToken);
    });

    it.each([
      [{ HOST: "192.0.2.1" }, "this machine does not have that address"],
      [{ HOST: "no-such-host.invalid" }, /that host name has no address|the name needs an address/],
    ])("an address it cannot listen on: %j", async (env, reason) => {
      expect(await refusal(make(env as Record<string, string>))).toMatch(reason);
    });

    it("listens on localhost", async () => {
      const app = await make({ HOST: "localhost" }).start();
      expect((await fetch(`${app.origin}/healthz`)).status).toBe(200);
    });
  });

  const noUser = otherUserMissing(command);
  describe.skipIf(noUser !== undefined)(
    `as another user${noUser === undefined ? "" : ` (${noUser})`}`,
    () => {
      const makeOther = useApps(asOtherUser(command));
      const other = (env: Record<string, string> = {}) => {
        const app = makeOther(env);
        giveToOtherUser(app);
        return app;
      };

      it.each([
        ["a folder it may not write", 0o755],
        ["a folder it may not enter", 0o700],
      ])("names the path and the user for %s", async (_, mode) => {
        for (const app of [other(), withoutCredentials(other())]) {
          mkdirSync(data(app), { mode });
          const message = await refusal(app);
          expect(message).toContain(data(app));
          expect(message).toContain(`user id ${otherUser}`);
        }
      });

      it("names the path and the user for a folder it may not create", async () => {
        for (const app of [other(), withoutCredentials(other())]) {
          chownSync(app.folder, 0, 0);
          chmodSync(app.folder, 0o755);
          const message = await refusal(app);
          expect(message).toContain(data(app));
          expect(message).toContain(`user id ${otherUser}`);
        }
      });

      it("names the credentials and the user for a file it may not read", async () => {
        const app = withoutCredentials(other());
        mkdirSync(data(app));
        chownSync(data(app), otherUser, otherUser);
        writeFileSync(credentials(app), "{}", { mode: 0o600 });
        const message = await refusal(app);
        expect(message).toContain(credentials(app));
        expect(message).toContain(`user id ${otherUser}`);
      });

      it("names the database and the user for one it may only read", async () => {
        const first = await make().start();
        await first.end("SIGTERM");
        const app = other({ SESSIONHOOK_STORE: `sqlite:${data(first)}/sessionhook.db` });
        chmodSync(first.folder, 0o755);
        chmodSync(data(first), 0o777);
        chmodSync(join(data(first), "sessionhook.db"), 0o644);
        const message = await refusal(app);
        expect(message).toContain(join(data(first), "sessionhook.db"));
        expect(message).toContain(`user id ${otherUser}`);
      });

      it("names the secrets file and the user for one it may not read", async () => {
        const app = other();
        delete app.env["SESSIONHOOK_SECRETS"];
        app.env["SESSIONHOOK_SECRETS_FILE"] = join(app.folder, "secrets");
        writeFileSync(join(app.folder, "secrets"), secret, { mode: 0o600 });
        const message = await refusal(app);
        expect(message).toContain(join(app.folder, "secrets"));
        expect(message).toContain(`user id ${otherUser}`);
      });

      it("names a privileged port and the user", async () => {
        const message = await refusal(other({ PORT: "80" }));
        expect(message).toMatch(/port 80/);
        expect(message).toContain(`user id ${otherUser}`);
      });

      it("starts in a group-writable folder of another owner, with files that cannot be made private", async () => {
        const app = withoutCredentials(other());
        mkdirSync(data(app));
        chownSync(data(app), 0, otherUser);
        chmodSync(data(app), 0o2775);
        writeFileSync(credentials(app), JSON.stringify({ signingSecret: secret, adminToken }));
        chownSync(credentials(app), 0, otherUser);
        chmodSync(credentials(app), 0o640);
        await app.start();
        expect(app.output).toContain(`Warning      Other users may read ${credentials(app)}`);
        const { id, body } = simulator.next();
        expect((await app.send(id, body)).status).toBe(200);
      });
    },
  );

  const noNamespace = namespacesMissing();
  describe.skipIf(noNamespace !== undefined)(
    `file systems${noNamespace === undefined ? "" : ` (${noNamespace})`}`,
    () => {
      describe.each([
        ["read-only", "size=1m", `mount -o remount,ro "$PWD/data"`],
        ["full", "size=16k", `{ cat /dev/zero > "$PWD/data/filler" 2>/dev/null || true; }`],
      ])("that are %s", (_, options, then) => {
        const script = `mkdir data && mount -t tmpfs -o ${options} tmpfs "$PWD/data" && ${then}`;
        const makeThere = useApps(inMountNamespace(command, script));
        it("are named by the path", async () => {
          for (const app of [makeThere(), withoutCredentials(makeThere())])
            expect(await refusal(app)).toContain(data(app));
        });
      });

      it.each([
        [
          "permission to write",
          "size=8m",
          'mount -o remount,ro "$PWD/data"',
          "The file system of the database is read-only (",
        ],
        [
          "free space",
          "size=2m",
          '{ cat /dev/zero > "$PWD/data/filler" 2>/dev/null || true; }',
          "The disk is full (",
        ],
        [
          "a free inode",
          "size=8m,nr_inodes=2",
          "true",
          "The disk is full: its file system has no free inode (",
        ],
      ])("without %s are named where a database is there", async (_, options, then, expected) => {
        const first = await make().start();
        await first.end("SIGTERM");
        const file = join(data(first), "sessionhook.db");
        const mount = `mkdir data && mount -t tmpfs -o ${options} tmpfs "$PWD/data"`;
        const script = `${mount} && cp "${file}" "$PWD/data" && ${then}`;
        const app = new AppProcess(inMountNamespace(command, script));
        onTestFinished(() => app.cleanUp());
        expect(await refusal(app)).toContain(expected);
      });
    },
  );
}
