import { createMemoryStore } from "@sessionhook/stores/memory";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { durableWebhook } from "../src/handler/durable.js";
import { sessions } from "../src/sessions.js";
import { type SignedMessage, message, secret, signed } from "./signed-message.js";

const request = ({ body, headers }: SignedMessage) =>
  new Request("http://localhost/webhooks", { method: "POST", body, headers });

describe("guide: README", () => {
  beforeEach(() => {
    process.env["WEBHOOK_SECRET"] = secret;
    sessions.error = undefined;
  });

  it("runs handlers by type, and reports issues and new types", async () => {
    const { issues, seenTypes, webhook } = await import("../src/handler/everything.js");
    const one = message();
    const statuses = [];
    for (const next of [one, message("unrecognized"), message("invalid")]) {
      const answer = await webhook(request(next));
      statuses.push(((await answer.json()) as { status: string }).status);
    }
    expect(statuses).toEqual(["accepted", "unrecognized", "quarantined"]);
    expect(sessions.saved.has(one.id)).toBe(true);
    expect(seenTypes).toEqual([expect.stringMatching(/^new: /)]);
    expect(issues.length).toBeGreaterThan(0);
  });

  it("stores first, runs failed handlers again, and others only once", async () => {
    const store = createMemoryStore();
    const handled = new Set<string>();
    const webhook = durableWebhook(store, handled);
    const one = message();
    let saves = 0;
    sessions.error = new Error("away");
    const errors = vi.spyOn(console, "error").mockImplementation(() => undefined);
    expect((await webhook(request(one))).status).toBe(500);
    errors.mockRestore();
    expect(await store.get(one.id)).toMatchObject({ status: "accepted" });
    sessions.error = undefined;
    for (let i = 0; i < 2; i++) {
      sessions.saved.delete(one.id);
      expect((await webhook(request(signed(one.id, one.body)))).status).toBe(200);
      if (sessions.saved.has(one.id)) saves++;
    }
    expect([saves, [...handled]]).toEqual([1, [one.id]]);
  });
});
