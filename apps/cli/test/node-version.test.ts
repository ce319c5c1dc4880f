import { expect, it } from "vitest";
import { runCli } from "./run-cli.js";

it.each(["--version", "derive status", "verify"])(
  "ends on an old Node with the version to use: %s",
  async (line) => {
    const versions = `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.19.0" } })`;
    const env = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(versions)}` };
    expect(await runCli(line.split(" "), { env })).toEqual({
      code: 1,
      stdout: "",
      stderr: "sessionhook: needs Node 22.13 or newer; this is v20.19.0\n",
    });
  },
);
