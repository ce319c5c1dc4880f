import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { sign } from "@sessionhook/core";
import { createSimulator } from "@sessionhook/simulator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AppCommand, AppProcess, secret } from "../app/app-process.js";
import { environment, missing } from "./programs.js";

const simulator = createSimulator({ seed: 37, now: Date.now() });
const send = fileURLToPath(new URL("../../java/Send.java", import.meta.url));

/** Runs a program with the text as its standard input, and returns its standard output. */
function run(program: string, args: readonly string[], input: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile(program, args, { env: environment() }, (error, stdout) =>
      error === null ? resolve(stdout) : reject(error as Error),
    );
    child.stdin?.end(input);
  });
}

/** Tests messages of common HTTP clients with their default settings. */
export function describeClients(command: AppCommand): void {
  const app = new AppProcess(command);
  beforeAll(() => app.start());
  afterAll(() => app.cleanUp());

  const message = () => {
    const { id, body } = simulator.next();
    return { id, body, headers: Object.entries(sign(body, { id, secret })) };
  };

  const noCurl = missing("curl", "--version");
  describe.skipIf(noCurl !== undefined)(`curl${noCurl === undefined ? "" : ` (${noCurl})`}`, () => {
    it.each([
      ["as it is", []],
      ["--http2, which offers h2c", ["--http2"]],
      ["--http1.0", ["--http1.0"]],
      ["HTTP/1.0 without Host", ["--http1.0", "--header", "Host:"]],
      ["chunked", ["--header", "Transfer-Encoding: chunked"]],
      ["--http2 and chunked", ["--http2", "--header", "Transfer-Encoding: chunked"]],
      ["asking before it sends the body", ["--header", "Expect: 100-continue"]],
      ["through what it takes for a proxy", ["--proxy", "app"]],
    ])("%s", async (_, flags) => {
      const { id, body, headers } = message();
      const more = flags.map((flag) => (flag === "app" ? app.origin : flag));
      const all = headers.flatMap(([name, value]) => ["--header", `${name}: ${value}`]);
      const quiet = ["--silent", "--max-time", "20"];
      const args = [...quiet, ...more, ...all, "--data-binary", "@-", `${app.origin}/webhooks`];
      const stdout = await run("curl", args, body);
      expect(stdout).toBe(JSON.stringify({ status: "accepted", id }));
    });
  });

  const noJava = missing("java", "--version");
  describe.skipIf(noJava !== undefined)(
    `Java's HttpClient${noJava === undefined ? "" : ` (${noJava})`}`,
    () => {
      it.each(["default", "chunked"])(
        "%s",
        async (way) => {
          const { id, body, headers } = message();
          const stdout = await run("java", [send, `${app.origin}/webhooks`, way, ...headers.flat()], body);
          expect(stdout).toBe(`200 HTTP_1_1 ${JSON.stringify({ status: "accepted", id })}`);
        },
        60_000,
      );
    },
  );
}
