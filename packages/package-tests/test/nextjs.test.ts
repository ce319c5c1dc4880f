import { createRequire } from "node:module";
import type * as nextServer from "next/server.js";
import { describeGuide } from "./describe-guide.js";

/** Next's own dispatcher of route files; it has no public name. */
interface RouteModule {
  ensureUserland(): Promise<void>;
  handle(request: nextServer.NextRequest, context: unknown): Promise<Response>;
}
type RouteModuleClass = new (options: unknown) => RouteModule;

describeGuide("nextjs", {
  /** The route file in the class a build of Next wraps it in, without the build. */
  async start() {
    process.env["NEXT_RUNTIME"] = "nodejs";
    // What Next's server sets up before anything else.
    const require = createRequire(import.meta.url);
    require("next/dist/server/node-environment.js");
    const { AppRouteRouteModule } = require("next/dist/server/route-modules/app-route/module.js") as {
      AppRouteRouteModule: RouteModuleClass;
    };
    const server = require("next/server.js") as typeof nextServer;
    const route = await import("../src/nextjs/app/webhooks/route.js");
    const module = new AppRouteRouteModule({
      userland: () => ({ POST: route.POST }),
      definition: {
        kind: "APP_ROUTE",
        page: "/webhooks/route",
        pathname: "/webhooks",
        filename: "route",
        bundlePath: "",
      },
      distDir: ".next",
      relativeProjectDir: "",
      resolvedPagePath: "app/webhooks/route.ts",
      nextConfigOutput: undefined,
    });
    await module.ensureUserland();
    return (path, init) =>
      module.handle(new server.NextRequest(`http://localhost${path}`, init as never), {
        params: {},
        previewProps: {},
        sharedContext: { buildId: "test", deploymentId: "" },
        renderOpts: {
          experimental: {},
          incrementalCache: undefined,
          supportsDynamicResponse: true,
          waitUntil: undefined,
          onClose: () => undefined,
        },
      });
  },
});
