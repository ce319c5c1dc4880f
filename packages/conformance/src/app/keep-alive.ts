import { expect, it } from "vitest";
import { requestText } from "../runtime/raw-exchange.js";
import type { AppCommand } from "./app-process.js";
import { useApps } from "./use-apps.js";

/** Tests the time for which idle connections stay open, over a raw socket. */
export function describeKeepAlive(command: AppCommand, runtime: string): void {
  const make = useApps(command);

  /** Seconds after which the app closes a connection that was used once; undefined if that takes longer than `atMost`. */
  async function idleSeconds(env: Record<string, string>, atMost: number): Promise<number | undefined> {
    const app = await make(env).start();
    const connection = await app.connect();
    connection.write(requestText("GET", "/healthz", []));
    expect(await connection.until(/"ok"/)).toMatch(/^HTTP\/1\.1 200 /);
    const began = performance.now();
    const closed = await connection.closed(atMost * 1000);
    return closed ? (performance.now() - began) / 1000 : undefined;
  }

  it("closes them after the setting", async () => {
    const seconds = await idleSeconds({ SESSIONHOOK_KEEP_ALIVE_SECONDS: "2" }, 30);
    expect(seconds).toBeGreaterThan(1);
    // Bun counts in steps of four seconds.
    expect(seconds).toBeLessThan(20);
  });

  it("leaves them open for longer by default, and for a longer setting", async () => {
    const longer = { SESSIONHOOK_KEEP_ALIVE_SECONDS: "255" };
    expect(await Promise.all([idleSeconds({}, 12), idleSeconds(longer, 12)])).toEqual([undefined, undefined]);
  });

  it("serves a request that takes longer than the setting", async () => {
    const app = await make({ SESSIONHOOK_KEEP_ALIVE_SECONDS: "1" }).start();
    const connection = await app.connect();
    const headers = [
      ["content-length", "4"],
      ["webhook-id", "a"],
    ] as const;
    connection.write(requestText("POST", "/webhooks", headers, "ab"));
    await new Promise((resolve) => setTimeout(resolve, 9000));
    connection.write("cd");
    expect(await connection.until(/\r\n\r\n/)).toMatch(/^HTTP\/1\.1 400 /);
  });

  const google = { SESSIONHOOK_KEEP_ALIVE_SECONDS: "620" };
  if (runtime === "bun")
    it("refuses what Bun cannot do", async () => {
      await expect(make(google).start()).rejects.toThrow(
        "SESSIONHOOK_KEEP_ALIVE_SECONDS: must be at most 255",
      );
    });
  else
    it("is long enough for the load balancer of Google Cloud", async () => {
      const app = await make(google).start();
      const { headers } = await fetch(`${app.origin}/healthz`);
      expect(headers.get("keep-alive")).toBe("timeout=620");
    });
}
