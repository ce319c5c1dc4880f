// Downloads the provider's SDK in the version of go.mod, or uses the folder in MIDBOUND_CLOUD_SDK_GO.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync } from "node:fs";

function go(...args) {
  const { status, stderr } = spawnSync("go", [...args], { encoding: "utf8" });
  if (status === 0) return;
  process.stderr.write(stderr);
  process.exit(1);
}

mkdirSync("generated", { recursive: true });
cpSync("go.mod", "generated/go.mod");
const folder = process.env.MIDBOUND_CLOUD_SDK_GO;
if (folder) go("mod", "edit", `-replace=github.com/Midbound/cloud-sdk-go=${folder}`, "generated/go.mod");
go("mod", "tidy", "-modfile=generated/go.mod");
