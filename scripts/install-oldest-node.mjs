// Installs the oldest supported Node for the tests that run on it. It is no dependency: only they need it.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import process from "node:process";
import { oldestNode } from "./runtimes.mjs";

const { folder, binary, version, name } = oldestNode;
if (!existsSync(binary)) {
  mkdirSync(folder, { recursive: true });
  const args = ["install", "--prefix", folder, "--no-save", "--ignore-scripts", "--no-audit", "--no-fund"];
  const { status } = spawnSync("npm", [...args, `${name}@${version}`], { stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}
process.stdout.write(`${binary}\n`);
