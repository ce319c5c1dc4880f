import { fileURLToPath } from "node:url";
import { describeAppSignatures } from "@sessionhook/conformance/app-suite";
import { vitestCommand } from "../../../scripts/runtimes.mjs";

const files = ["crypto", "match-signature", "vectors", "verify-signature"].map(
  (name) => `packages/core/src/signature/${name}.test.ts`,
);
const root = fileURLToPath(new URL("../../..", import.meta.url));
describeAppSignatures("bun", vitestCommand("bun", files), root);
