import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { sign } from "@sessionhook/core";
import { createSimulator } from "@sessionhook/simulator";
import { afterAll, expect, it } from "vitest";
import { type AppCommand, AppProcess, secret } from "./app-process.js";
import { useApps } from "./use-apps.js";

const rounds = 5;
const senders = 24;

/** Tests kill -9 during a burst of messages. */
export function describeKills(command: AppCommand): void {
  const app = new AppProcess(command);
  afterAll(() => app.cleanUp());

  it(`has every acknowledged event exactly once, in ${rounds} rounds`, { timeout: 120_000 }, async () => {
    const simulator = createSimulator({ seed: 99, now: Date.now() });
    const acknowledged = new Map<string, string>();
    for (let round = 0; round < rounds; round++) {
      await app.start();
      const before = acknowledged.size;
      const burst = new AbortController();
      const sender = async () => {
        while (!burst.signal.aborted) {
          const { id, body } = simulator.next();
          const answer = await app.post(body, { ...sign(body, { id, secret }) }).catch(() => undefined);
          if (answer?.ok === true) acknowledged.set(id, body);
        }
      };
      const running = Array.from({ length: senders }, sender);
      // After the burst has begun, at a different moment in each round.
      while (acknowledged.size < before + 50) await new Promise((resolve) => setTimeout(resolve, 5));
      await new Promise((resolve) => setTimeout(resolve, 50 + 137 * round));
      expect(await app.end("SIGKILL")).toBe("SIGKILL");
      burst.abort();
      await Promise.all(running);
      expect(acknowledged.size).toBeGreaterThan(before);
    }

    await app.start();
    const listed = new Map<string, number>();
    let cursor: string | null = "";
    while (cursor !== null) {
      const page = (await app.json(
        `/events?limit=500${cursor === "" ? "" : `&cursor=${encodeURIComponent(cursor)}`}`,
      )) as {
        events: { id: string }[];
        nextCursor: string | null;
      };
      for (const { id } of page.events) listed.set(id, (listed.get(id) ?? 0) + 1);
      cursor = page.nextCursor;
    }
    const wrong = [...acknowledged.keys()].filter((id) => listed.get(id) !== 1);
    expect(wrong).toEqual([]);
    expect([...listed.values()].every((count) => count === 1)).toBe(true);
    for (const [id, body] of acknowledged)
      expect(await (await app.api(`/events/${id}/raw`)).text()).toBe(body);
    // Stored events without an acknowledgement are allowed: the sender repeats them, and they are duplicates.
    expect(listed.size).toBeGreaterThanOrEqual(acknowledged.size);
  });

  const make = useApps(command);

  it("completes the file of a files destination at the next start", async () => {
    const app = make({ SESSIONHOOK_CONFIG: "sessionhook.config.json" });
    const archive = { type: "files", path: "./data/archive" };
    writeFileSync(join(app.folder, "sessionhook.config.json"), JSON.stringify({ destinations: { archive } }));
    await app.start();
    const { id, body } = createSimulator({ seed: 7, now: Date.now() }).next();
    expect((await app.send(id, body)).status).toBe(200);
    await expect
      .poll(async () => (await app.json("/deliveries"))["deliveries"])
      .toMatchObject([{ state: "delivered" }]);
    await app.end("SIGKILL");
    const folder = join(app.folder, "data", "archive");
    expect(readdirSync(folder)).toEqual([expect.stringMatching(/\.part$/)]);
    await app.start();
    await expect.poll(() => readdirSync(folder)).toEqual([expect.stringMatching(/\.ndjson\.gz$/)]);
    const [file = ""] = readdirSync(folder);
    const lines = gunzipSync(readFileSync(join(folder, file))).toString();
    expect(
      lines
        .trim()
        .split("\n")
        .map((line) => (JSON.parse(line) as { id: string }).id),
    ).toEqual([id]);
  });
}
