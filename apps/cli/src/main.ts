#!/usr/bin/env node
import { unsupportedNode } from "@sessionhook/app/node-version";

const unsupported = unsupportedNode(process.versions.node);
// Loading the rest on an old Node would end with the name of the first thing that it lacks.
if (unsupported === undefined) await import("./run-main.js");
else {
  process.stderr.write(`sessionhook: ${unsupported}\n`);
  process.exitCode = 1;
}
