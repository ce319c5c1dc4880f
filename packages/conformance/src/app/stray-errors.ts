import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createSimulator } from "@sessionhook/simulator";
import { expect, it } from "vitest";
import type { AppCommand } from "./app-process.js";
import { useApps } from "./use-apps.js";

const soon = { timeout: 20_000, interval: 50 };
const canary = "c4n4ry@example.com";

/** Functions that return, and leave an error behind: of a promise without `await`, and of a timer. */
const config = `let calls = 0;
const handle = () => {
  calls++;
  if (calls === 1) void Promise.reject(new Error("${canary}"));
  if (calls === 2) setTimeout(() => { throw new Error("${canary}"); }, 10);
  if (calls === 3) void Promise.reject({ text: "${canary}" });
};
export default { destinations: { crm: { type: "code", concurrency: 1, handle } } };
`;

/** Tests that the errors of functions of the configuration file end neither the app nor its deliveries. */
export function describeStrayErrors(command: AppCommand): void {
  const make = useApps(command);

  it.each(["sqlite:./data/sessionhook.db", "memory:"])(
    "errors that its functions leave behind are logged without their message, with %s",
    async (SESSIONHOOK_STORE) => {
      const app = make({ SESSIONHOOK_STORE });
      writeFileSync(join(app.folder, "sessionhook.config.js"), config);
      await app.start();
      const simulator = createSimulator({ seed: 5, now: Date.now() });
      const logged = () => app.output.split("left an error behind").length - 1;
      for (let sent = 1; sent <= 4; sent++) {
        const { id, body } = simulator.next("identity.session.finalized");
        expect((await app.send(id, body)).status).toBe(200);
        await expect.poll(logged, soon).toBe(Math.min(sent, 3));
      }
      const deliveries = async () =>
        ((await app.json("/deliveries"))["deliveries"] as { state: string; attemptCount: number }[]).map(
          ({ state, attemptCount }) => [state, attemptCount],
        );
      await expect.poll(deliveries, soon).toEqual(Array.from({ length: 4 }, () => ["delivered", 1]));
      expect(app.output).toMatch(/left an error behind.*sessionhook\.config\.js:4:/);
      expect(app.output).not.toContain(canary);
      expect(app.output).not.toContain("restarted");
    },
  );
}
