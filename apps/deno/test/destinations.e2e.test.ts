import { fileURLToPath } from "node:url";
import { describeAppDestinations } from "@sessionhook/conformance/app-suite";
import { vitestCommand } from "../../../scripts/runtimes.mjs";

const root = fileURLToPath(new URL("../../..", import.meta.url));
describeAppDestinations("deno", vitestCommand("deno", ["packages/destinations/src"]), root);
