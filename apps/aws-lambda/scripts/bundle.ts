import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const app = fileURLToPath(new URL("..", import.meta.url));

/** Where the deployment package lies: the only thing in it is the handler. */
export const bundleFile = `${app}dist/function/handler.mjs`;

/** Bundles the handler into one minified module; the AWS SDK comes with Lambda's runtime. */
export async function bundle(outfile: string): Promise<void> {
  await build({
    entryPoints: [`${app}src/handler.ts`],
    outfile,
    bundle: true,
    minify: true,
    platform: "node",
    target: "node22",
    format: "esm",
    conditions: ["source"],
    external: ["@aws-sdk/*"],
    // Licences of what is bundled stay with it.
    legalComments: "eof",
    logLevel: "error",
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  rmSync(`${app}dist/function`, { recursive: true, force: true });
  await bundle(bundleFile);
}
