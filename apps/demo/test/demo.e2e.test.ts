import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ListeningProcess } from "@sessionhook/testkit";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runtimeBinary } from "../../../scripts/runtimes.mjs";

const main = fileURLToPath(new URL("../dist/main.js", import.meta.url));
const soon = { timeout: 30_000, interval: 100 };

describe("npm run demo", () => {
  let folder = "";
  let demo: ListeningProcess;
  const make = (args: readonly string[], env: Record<string, string> = {}) => {
    const command = () => ({ file: runtimeBinary("node") ?? process.execPath, args: [main, ...args] });
    demo = new ListeningProcess(command, folder, { TMPDIR: folder, PORT: "0", ...env });
    return demo;
  };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "demo-test-"));
  });
  afterEach(async () => {
    await demo.end("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  });

  /** A request with the admin token, out of the temporary folder of the demo. */
  const api = async (path: string) => {
    const [name = ""] = readdirSync(folder);
    const { adminToken } = JSON.parse(readFileSync(join(folder, name, "credentials.json"), "utf8")) as {
      adminToken: string;
    };
    const response = await fetch(`${demo.printedOrigin}/api${path}`, {
      headers: { authorization: `Bearer ${adminToken}` },
    });
    expect(response.status).toBe(200);
    return (await response.json()) as Record<string, unknown>;
  };

  it(
    "shows the history, receives and delivers, and leaves nothing behind",
    { timeout: 120_000 },
    async () => {
      await make(["--sessions", "600", "--every", "0.2"]).listen();
      const [link = ""] = /http:\S+\/login\/once\?code=\w+/.exec(demo.output) ?? [];
      const signIn = await fetch(link, { redirect: "manual" });
      const cookie = (signIn.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
      expect(cookie).toContain("=");
      const home = await fetch(`${demo.printedOrigin}/`, { headers: { cookie } });
      expect(home.status).toBe(200);
      const page = await home.text();
      expect(page.includes("<h1>Sessions</h1>")).toBe(true);
      expect(page.includes("derive rebuild")).toBe(false);
      const before = (await api("/stats"))["accepted"] as number;
      expect(before).toBeGreaterThanOrEqual(600);
      const events = (await api("/events?limit=500"))["events"] as { receivedAt: number }[];
      expect(Math.min(...events.map(({ receivedAt }) => receivedAt))).toBeLessThan(Date.now() - 86_400_000);

      await expect.poll(async () => (await api("/stats"))["accepted"], soon).toBeGreaterThan(before + 3);
      const deliveries = async () =>
        (await api("/deliveries?limit=500"))["deliveries"] as { state: string; attemptCount: number }[];
      const count = async (test: (one: { state: string; attemptCount: number }) => boolean) =>
        (await deliveries()).filter(test).length;
      await expect.poll(() => count(({ state }) => state === "delivered"), soon).toBeGreaterThan(20);
      // The CRM fails now and then.
      await expect.poll(() => count(({ attemptCount }) => attemptCount > 1), soon).toBeGreaterThan(0);
      const journey = async () => ((await api("/companies?q=halden"))["companies"] as unknown[])[0];
      await expect
        .poll(journey, soon)
        .toMatchObject({ name: "Halden Robotics", domain: "halden-robotics.example", people: 5 });
      const destinations = (await api("/destinations"))["destinations"] as { name: string }[];
      expect(destinations.map(({ name }) => name).toSorted()).toEqual(["archive", "crm", "sales"]);

      const [name = ""] = readdirSync(folder);
      expect(demo.output).toContain(name);
      expect(await demo.end("SIGINT")).toBe(0);
      expect(readdirSync(folder)).toEqual([]);
      expect(demo.output).not.toMatch(/warn|error/i);
    },
  );

  it("leaves the store, the secrets and the configuration of a real app alone", async () => {
    const store = join(folder, "real.db");
    const real = {
      SESSIONHOOK_STORE: `sqlite:${store}`,
      SESSIONHOOK_SECRETS: "",
      SESSIONHOOK_CONFIG: "/none",
    };
    await make(["--sessions", "100"], real).listen();
    expect(existsSync(store)).toBe(false);
    expect(await demo.end("SIGTERM")).toBe(0);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("takes a free port while another program listens on the usual one", async () => {
    const other = createServer();
    // Also when it is in use already.
    await new Promise<void>((resolve) => {
      other.once("error", () => resolve());
      other.listen(8787, "127.0.0.1", resolve);
    });
    make(["--sessions", "100"]);
    delete demo.env["PORT"];
    await demo.listen();
    expect(demo.printedOrigin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(demo.printedOrigin).not.toBe("http://127.0.0.1:8787");
    other.close();
  });

  it("leaves nothing behind when it is stopped before it listens", async () => {
    make(["--sessions", "20000"]).launch();
    await expect.poll(() => readdirSync(folder).length, soon).toBe(1);
    expect(await demo.end("SIGINT")).toBe(130);
    expect(demo.output).toBe("");
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each([
    [["--sessions", "99"], "--sessions must be an integer from 100 to 20000"],
    [["--every", "often"], "--every must be a number from 0.1 to 3600"],
    [["--nonsense"], "Unknown option '--nonsense'"],
  ])("names a wrong option: %s", async (args, message) => {
    make(args).launch();
    expect(await demo.wait()).toBe(2);
    expect(demo.output).toContain(message);
    expect(demo.output).toContain("Usage: npm run demo");
    expect(readdirSync(folder)).toEqual([]);
  });

  it("prints its options", async () => {
    make(["--help"]).launch();
    expect(await demo.wait()).toBe(0);
    expect(demo.output).toContain("--every <seconds>");
  });
});
