import { readFileSync } from "node:fs";
import { SigningSecrets } from "@sessionhook/core";
import { secret } from "@sessionhook/conformance/signed-message";
import { createMemoryStore } from "@sessionhook/stores/memory";
import { describe, expect, it } from "vitest";
import { createReceiver } from "@sessionhook/receiver";
import { deliveryServer } from "./delivery-server.ts";

interface Operation {
  readonly parameters?: readonly { readonly name: string }[];
}

const { paths } = JSON.parse(
  readFileSync(new URL("../../json-schema/openapi.json", import.meta.url), "utf8"),
) as { paths: Record<string, Record<string, Operation>> };

/** Every documented operation of /api, with the names of its query parameters. */
const operations = Object.entries(paths)
  .filter(([path]) => path.startsWith("/api/"))
  .flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([method]) => method !== "parameters")
      .map(([method, { parameters = [] }]) => ({
        method: method.toUpperCase(),
        path: path.replaceAll(/\{\w+\}/g, "one"),
        names: parameters.map(({ name }) => name),
      })),
  );
const withoutQuery = operations.filter(({ names }) => names.length === 0);
const withVersion = operations.filter(({ names }) => names.join() === "version");

const adminToken = "x".repeat(32);
const { fetch } = createReceiver({
  store: createMemoryStore(),
  secrets: new SigningSecrets(secret),
  adminToken,
  createSignInLink: async () => ({ path: "/login", expiresAt: 0 }),
});
const codeOf = async (method: string, path: string) => {
  const headers = { authorization: `Bearer ${adminToken}` };
  const answer = await fetch(new Request(`http://localhost:8787${path}`, { method, headers }));
  return `${answer.status} ${((await answer.json()) as { code?: string }).code}`;
};

describe("query parameters", () => {
  it("are refused by every operation that documents none", async () => {
    expect(withoutQuery.length).toBeGreaterThan(15);
    for (const { method, path } of withoutQuery) {
      for (const query of ["dryRun=true", "foo=", "=", "foo=1&foo=2"])
        expect(await codeOf(method, `${path}?${query}`), path).toBe("400 invalid_query");
      expect(await codeOf(method, `${path}?`), path).not.toContain("invalid_query");
    }
  });

  it("other than one version are refused for an event", async () => {
    expect(withVersion).toHaveLength(3);
    for (const { method, path } of withVersion) {
      for (const query of [
        "foo=1",
        "version=1&foo=1",
        "version=1&version=1",
        "version=",
        "version=1000000000",
      ])
        expect(await codeOf(method, `${path}?${query}`), query).toBe("400 invalid_query");
      expect(await codeOf(method, `${path}?version=999999999`)).toBe("404 not_found");
    }
  });

  it("are ignored by the checks of health and of an unknown method", async () => {
    for (const path of ["/healthz", "/readyz"]) expect(await codeOf("GET", `${path}?foo=1`)).toMatch(/^200/);
    expect(await codeOf("POST", "/api/stats?foo=1")).toBe("405 method_not_allowed");
  });

  it("name what is wrong with a cursor of another list, and with a position", async () => {
    const { json } = await deliveryServer();
    const detail = async (path: string) => (await json("GET", `/api/${path}`)).body.detail as string;
    const { nextCursor } = (await json("GET", "/api/events?limit=1")).body as { nextCursor: string };
    for (const list of ["deliveries", "replays"])
      expect(await detail(`${list}?cursor=${nextCursor}`)).toBe(`cursor is not of this list of ${list}`);
    expect(await detail("events?after=x")).toBe("after is not a position of this event log");
  });

  it("start no replay", async () => {
    const { json, deliveries } = await deliveryServer();
    expect((await json("POST", "/api/replays?dryRun=true", { kind: "all" })).body.detail).toBe(
      "POST takes no query parameters on this path",
    );
    expect((await deliveries.store.replays({ limit: 1 })).replays).toEqual([]);
  });
});
