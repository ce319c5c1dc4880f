import { readFileSync } from "node:fs";
import { SigningSecrets } from "@sessionhook/core";
import { secret } from "@sessionhook/conformance/signed-message";
import { createMemoryStore } from "@sessionhook/stores/memory";
import { expect, it } from "vitest";
import { createReceiver } from "@sessionhook/receiver";

const { paths } = JSON.parse(
  readFileSync(new URL("../../json-schema/openapi.json", import.meta.url), "utf8"),
) as { paths: Record<string, Record<string, unknown>> };

it("openapi.json has every registered route, and no others", async () => {
  const receiver = createReceiver({
    store: createMemoryStore(),
    secrets: new SigningSecrets(secret),
    adminToken: "x".repeat(32),
    createSignInLink: async () => ({ path: "/login", expiresAt: 0 }),
  });
  const registered = [receiver.app, ...(await receiver.preload())]
    .flatMap(({ routes }) => routes)
    // ALL: middleware, and the 405 of other methods. OPTIONS /: a health check of HAProxy without content.
    .filter(({ method }) => method !== "ALL" && method !== "OPTIONS")
    .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)(?:\{[^}]*\})?/g, "{$1}")}`);
  expect(registered.length).toBeGreaterThan(7);
  const documented = Object.entries(paths).flatMap(([path, item]) =>
    Object.keys(item)
      .filter((key) => key !== "parameters")
      .map((method) => `${method.toUpperCase()} ${path}`),
  );
  // The intake answers POST /webhooks before the app.
  expect(documented.toSorted()).toEqual([...registered, "POST /webhooks"].toSorted());
});
