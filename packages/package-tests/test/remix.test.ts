import { createRequire } from "node:module";
import * as current from "react-router";
import { describeGuide } from "./describe-guide.js";

/** The server half of React Router, with the snippet as a resource route: what its Vite plugin would generate. */
async function build(): Promise<current.ServerBuild> {
  const action = await import("../src/remix/routes/webhooks.js");
  const route = { id: "routes/webhooks", path: "webhooks", module: action };
  return {
    entry: { module: { default: () => new Response("no pages") } },
    routes: { [route.id]: route },
    assets: { entry: { imports: [], module: "" }, routes: {}, url: "", version: "test" },
    publicPath: "/",
    assetsBuildDirectory: "",
    future: {},
    ssr: true,
    isSpaMode: false,
    prerender: [],
    routeDiscovery: { mode: "initial", manifestPath: "/__manifest" },
  } as unknown as current.ServerBuild;
}

const older = createRequire(import.meta.url)("react-router-7") as typeof current;

for (const [version, { createRequestHandler }] of [
  ["8", current],
  ["7", older],
] as const) {
  describeGuide(`remix, React Router ${version}`, {
    async start() {
      const handle = createRequestHandler(await build(), "production");
      return (path, init) => handle(new Request(`http://localhost${path}`, init));
    },
    // A route without a loader; React Router answers by itself.
    getStatus: 400,
  });
}
