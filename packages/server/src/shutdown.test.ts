import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";

/** Returns the import of a built module: the process has no TypeScript loader. */
const load = (names: string, file: string) =>
  `import { ${names} } from ${JSON.stringify(new URL(`../dist/${file}.js`, import.meta.url).href)};`;

/** Runs a process whose stop fails with these errors. */
function stop(errors: string) {
  const script = `
    ${load("onSignal", "shutdown")}
    ${load("settleAll", "settle-all")}
    ${load("StuckThread", "stuck-thread")}
    ${load("startLogging", "logging")}
    await startLogging("info");
    setInterval(() => {}, 1000);
    onSignal(["SIGTERM"], () => settleAll([${errors}].map((error) => Promise.reject(error))));
    process.kill(process.pid, "SIGTERM");`;
  const { status, signal, stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", script], {
    encoding: "utf8",
    timeout: 30_000,
  });
  const lines = stdout.trim().split("\n");
  return {
    status,
    signal,
    lines: lines.filter((line) => line !== "").map((line) => JSON.parse(line) as object),
  };
}

const line = (properties: object) => ({
  level: "ERROR",
  message: "the app could not stop cleanly",
  properties,
});

it("names threads that do not end, which only SIGKILL ends", () => {
  const { signal, lines } = stop(`new StuckThread("delivery"), new StuckThread("writing")`);
  expect(signal).toBe("SIGKILL");
  expect(lines).toMatchObject([
    line({ stuck: "the delivery thread" }),
    line({ stuck: "the writing thread" }),
  ]);
});

it("describes any other error without its message, and ends with 1", () => {
  const { status, lines } = stop(`Object.assign(new TypeError("whsec_canary"), { code: "EIO" })`);
  expect(status).toBe(1);
  expect(lines).toMatchObject([line({ error: "TypeError", code: "EIO" })]);
  expect(JSON.stringify(lines)).not.toContain("canary");
});
