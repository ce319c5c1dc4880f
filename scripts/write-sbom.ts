import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { shipped } from "./check-dependencies.ts";

// Writes the bill of materials (CycloneDX 1.6) of what is shipped: packages, versions, licences, hashes.
const root = fileURLToPath(new URL("..", import.meta.url));
const out = resolve(process.argv[2] ?? "sbom.cdx.json");
const format = ["--sbom-format", "cyclonedx", "--sbom-spec-version", "1.6", "--sbom-type", "application"];
const { status, stderr } = spawnSync("pnpm", [...shipped(), "sbom", "--prod", ...format, "--out", out], {
  cwd: root,
  encoding: "utf8",
});
process.stdout.write(status === 0 ? `${out}\n` : "");
process.stderr.write(status === 0 ? "" : stderr);
process.exitCode = status ?? 1;
