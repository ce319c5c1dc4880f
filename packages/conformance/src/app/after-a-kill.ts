import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createSimulator } from "@sessionhook/simulator";
import { expect, it, onTestFinished } from "vitest";
import { HttpPeer } from "../destination/http-peer.js";
import { type AppCommand, secret } from "./app-process.js";
import { useApps } from "./use-apps.js";

const soon = { timeout: 15_000, interval: 20 };
/** The promise of docs/guarantees.md. */
const promisedMs = 5000;

/** Tests that deliveries under way continue after kill -9, without waiting for the end of their leases. */
export function describeAfterKill(command: AppCommand): void {
  const make = useApps(command);

  it(`deliveries continue within ${promisedMs / 1000} s of the start after kill -9`, async () => {
    const peer = await HttpPeer.listen();
    peer.behaviour = "hangs";
    onTestFinished(() => peer.close());
    const app = make({ SESSIONHOOK_CONFIG: "sessionhook.config.json", CRM_SECRET: secret });
    const to = { type: "http", url: peer.origin, network: "private", concurrency: 2 };
    writeFileSync(
      join(app.folder, "sessionhook.config.json"),
      JSON.stringify({ destinations: { crm: { ...to, secret: { env: "CRM_SECRET" } } } }),
    );
    await app.start();
    const simulator = createSimulator({ seed: 5, now: Date.now() });
    for (let i = 0; i < 5; i++) {
      const { id, body } = simulator.next();
      expect((await app.send(id, body)).status).toBe(200);
    }
    // Two are being sent, and more are claimed.
    await expect.poll(() => peer.requests.length, soon).toBe(2);
    await app.end("SIGKILL");
    peer.behaviour = "works";
    const began = performance.now();
    await app.start();
    const ids = () => new Set(peer.stored.map(({ headers }) => headers["webhook-id"]));
    await expect.poll(() => ids().size, soon).toBe(5);
    expect(performance.now() - began).toBeLessThan(promisedMs);
  });
}
