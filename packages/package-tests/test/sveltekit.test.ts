import { execFile } from "node:child_process";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { secret } from "./signed-message.js";
import { describeGuide } from "./describe-guide.js";

const root = fileURLToPath(new URL("../sveltekit", import.meta.url));
const vite = fileURLToPath(new URL("../node_modules/vite/bin/vite.js", import.meta.url));

/** The interface of a finished build, as an adapter uses it. */
interface SvelteKitServer {
  init(options: { env: Record<string, string> }): Promise<void>;
  respond(request: Request, options: { getClientAddress(): string }): Promise<Response>;
}

describeGuide("sveltekit", {
  /** Builds the snippet with SvelteKit, without the secret, and loads what came out, with it. */
  async start() {
    const { WEBHOOK_SECRET: _, NODE_OPTIONS: __, VITEST: ___, ...rest } = process.env;
    const env = { ...rest, NODE_ENV: "production" };
    await promisify(execFile)(process.execPath, [vite, "build", "--logLevel", "error"], { cwd: root, env });
    const output = (file: string) => pathToFileURL(`${root}/.svelte-kit/output/server/${file}`).href;
    const { Server } = (await import(output("index.js"))) as {
      Server: new (manifest: unknown) => SvelteKitServer;
    };
    const { manifest } = (await import(output("manifest-full.js"))) as { manifest: unknown };
    const server = new Server(manifest);
    await server.init({ env: { WEBHOOK_SECRET: secret } });
    return (path, init) =>
      server.respond(new Request(`http://localhost${path}`, init), { getClientAddress: () => "127.0.0.1" });
  },
});
