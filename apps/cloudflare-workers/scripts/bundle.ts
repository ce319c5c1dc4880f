import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const app = fileURLToPath(new URL("..", import.meta.url));
const outfile = `${app}dist/worker.js`;

/**
 * Bundles the Worker into one minified module. The condition `node` makes core use node:crypto, which
 * workerd has with nodejs_compat; `node:` modules are workerd's own.
 */
await build({
  entryPoints: [`${app}dist/modules/worker.js`],
  outfile,
  bundle: true,
  minify: true,
  platform: "neutral",
  mainFields: ["module", "main"],
  conditions: ["workerd", "worker", "node"],
  target: "es2024",
  format: "esm",
  external: ["node:*"],
  // The licences of bundled packages must be distributed with them.
  legalComments: "eof",
  logLevel: "error",
});
const bundle = readFileSync(outfile);
const kib = (bytes: number) => `${(bytes / 1024).toFixed(0)} KiB`;
console.log(
  `apps/cloudflare-workers/dist/worker.js: ${kib(bundle.length)}, gzipped ${kib(gzipSync(bundle).length)}`,
);
