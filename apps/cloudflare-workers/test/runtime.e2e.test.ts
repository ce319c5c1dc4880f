import { workerdMissing } from "@sessionhook/conformance/workerd";
import { describeRuntime, runtimeSettings } from "@sessionhook/conformance/runtime-suite";
import { expect, it } from "vitest";
import { adminToken, secret, WorkerProcess } from "./worker-process.js";

const second = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
const missing = workerdMissing();
const app = new WorkerProcess({ ...runtimeSettings, SESSIONHOOK_SECRETS: `${secret} ${second}` });

if (missing === undefined) {
  describeRuntime("cloudflare-workers", {
    start: async () => {
      await app.start();
      const { hostname: host, port } = new URL(app.origin);
      return {
        fetch: (path, init) => fetch(`${app.origin}${path}`, { redirect: "manual", ...init }),
        socket: { host, port: Number(port) },
        adminToken,
        secrets: [secret, second],
      };
    },
    stop: () => app.cleanUp(),
  });
} else {
  it.skipIf(true)(`runtime: cloudflare-workers (${missing})`, () => expect.unreachable());
}
