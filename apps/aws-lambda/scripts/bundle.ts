import { readFileSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const app = fileURLToPath(new URL("..", import.meta.url));

/** Path of the bundled handler, the only file of the deployment package. */
export const bundleFile = `${app}dist/function/handler.mjs`;

/** Bundles the handler into one minified module without the AWS SDK, which Lambda's runtime provides and
 * the handler loads only in unusual environments. */
export async function bundle(outfile: string): Promise<void> {
  await build({
    entryPoints: [`${app}src/handler.ts`],
    outfile,
    bundle: true,
    minify: true,
    platform: "node",
    target: "node22",
    format: "esm",
    conditions: ["@sessionhook/source"],
    external: ["@aws-sdk/*"],
    // The licences of bundled packages must be distributed with them.
    legalComments: "eof",
    logLevel: "error",
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  rmSync(`${app}dist/function`, { recursive: true, force: true });
  await bundle(bundleFile);
  const bytes = readFileSync(bundleFile);
  const kib = (size: number) => `${(size / 1024).toFixed(0)} KiB`;
  console.log(
    `apps/aws-lambda/dist/function/handler.mjs: ${kib(bytes.length)}, gzipped ${kib(gzipSync(bytes).length)}`,
  );
}
