import { describeRuntime, runtimeSettings } from "@sessionhook/conformance/runtime-suite";
import { AppProcess, adminToken, secret } from "./app-process.js";

const second = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
const app = new AppProcess({ ...runtimeSettings, SESSIONHOOK_SECRETS: `${secret} ${second}` });

describeRuntime("node", {
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
