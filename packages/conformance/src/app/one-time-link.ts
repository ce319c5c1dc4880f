import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { createSimulator } from "@sessionhook/simulator";
import { describe, expect, it } from "vitest";
import { type AppCommand, secret } from "./app-process.js";
import { onTerminal, terminalMissing } from "./on-terminal.js";
import { useApps } from "./use-apps.js";

const link = /http:\S+\/login\/once\?code=[0-9a-f]{64}/;

/** Tests that the sign-in link is printed on a terminal and in no log, and that a terminal gets a log for people. */
export function describeOneTimeLink(command: AppCommand): void {
  const make = useApps(command);

  it("prints no sign-in link if standard output is a file or a pipe", async () => {
    const app = await make().start();
    expect(app.output).toMatch(/Inbox +http:\/\/127\.0\.0\.1:\d+\/\n +\(sign in with the admin token/);
    expect(app.output).not.toContain("code=");
  });

  describe.skipIf(terminalMissing !== undefined)(
    `on a terminal${terminalMissing === undefined ? "" : ` (${terminalMissing})`}`,
    () => {
      const makeOnTerminal = useApps(onTerminal(command));

      it("prints a link that signs in once", async () => {
        const app = await makeOnTerminal({ LOG_LEVEL: "silent" }).start();
        await expect.poll(() => app.output, { timeout: 30_000 }).toMatch(link);
        const [url = ""] = link.exec(app.output) ?? [];
        const first = await fetch(url, { redirect: "manual" });
        expect(first.status).toBe(303);
        const cookie = first.headers.get("set-cookie")?.split(";")[0] ?? "";
        expect((await fetch(new URL("/", url), { headers: { cookie } })).status).toBe(200);
        expect((await fetch(url, { redirect: "manual" })).status).toBe(401);
      });

      it("logs lines of text with ids and statuses, those about deliveries too", async () => {
        const app = makeOnTerminal({ BACKEND_SECRET: secret });
        const backend = { type: "http", url: "http://127.0.0.1:9/", secret: { env: "BACKEND_SECRET" } };
        const config = { destinations: { backend: { ...backend, network: "private" } } };
        writeFileSync(join(app.folder, "sessionhook.config.json"), JSON.stringify(config));
        await app.start();
        expect((await app.send("evt_seen", "{}")).status).toBe(200);
        await expect
          .poll(() => app.output, { timeout: 30_000 })
          .toMatch(/message acknowledged.* id=evt_seen/);
        expect(app.output).toMatch(/message acknowledged.* status=\w+/);
        const simulator = createSimulator({ seed: 9, now: Date.now() });
        // It fails after several failures in a row; Deno does not permit the first.
        for (let sent = 0; sent < 20; sent++) {
          const { id, body } = simulator.next("identity.session.finalized");
          expect((await app.send(id, body)).status).toBe(200);
        }
        const text = () => stripVTControlCharacters(app.output);
        await expect.poll(text, { timeout: 30_000 }).toMatch(/Destination \W+backend\W+(?:fails|is blocked)/);
        expect(app.output).not.toContain('"@timestamp"');
      });
    },
  );
}
