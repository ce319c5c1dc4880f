import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { generateSecret, sign } from "@sessionhook/core";
import { afterEach, expect, it } from "vitest";

const file = fileURLToPath(new URL("../src/destinations/receiver.mjs", import.meta.url));
const page = new URL("../../../docs/destinations/http.md", import.meta.url);

let child: ChildProcess | undefined;
afterEach(() => void child?.kill());

it("the receiver of docs/destinations/http.md is the file that this test runs", () => {
  const [, indent = "", code = ""] = /^( *)```js\n([\s\S]*?)^ *```$/m.exec(readFileSync(page, "utf8")) ?? [];
  expect(code.replaceAll(new RegExp(`^${indent}`, "gm"), "")).toBe(readFileSync(file, "utf8"));
});

it("the receiver counts verified events, each once, and refuses others", async () => {
  const secret = generateSecret();
  const running = spawn(process.execPath, ["--conditions=@sessionhook/source", "--import", tsHooks, file], {
    env: { ...process.env, BACKEND_SECRET: secret },
    stdio: ["ignore", "pipe", "inherit"],
  });
  child = running;
  let output = "";
  running.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));

  const body = JSON.stringify({ type: "identity.unheard.of" });
  const post = (id: string, key = secret) =>
    fetch("http://127.0.0.1:3000/hooks", {
      method: "POST",
      body,
      headers: { ...sign(body, { id, secret: key }) },
    });
  await expect
    .poll(
      () =>
        post("evt_1").then(
          ({ status }) => status,
          () => 0,
        ),
      { timeout: 20_000 },
    )
    .toBe(204);
  expect((await post("evt_1")).status).toBe(204);
  expect((await post("evt_2")).status).toBe(204);
  expect((await post("evt_3", generateSecret())).status).toBe(400);
  await expect.poll(() => output).toBe("1 events\n1 events\n2 events\n");
});

const tsHooks = fileURLToPath(new URL("../../core/scripts/resolve-sources.ts", import.meta.url));
