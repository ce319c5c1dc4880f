import { SigningSecrets, StoreError } from "@sessionhook/core";
import { createMemoryFactStore, createMemoryStore } from "@sessionhook/stores/memory";
import { expect, test } from "vitest";
import { createApp } from "../src/index.js";

test.each(["/sessions.csv", "/people.ndjson", "/companies.csv"])(
  "%s closes the connection where the store fails in the middle",
  async (path) => {
    const store = createMemoryStore();
    const facts = createMemoryFactStore(store);
    let reads = 0;
    const read = async () => {
      if (++reads > 1) throw new StoreError("store_unavailable", "the disk is gone");
      return { rows: [], nextCursor: "more", examinedTo: null };
    };
    Object.assign(facts, { sessions: read, people: read, companies: read });
    const secrets = new SigningSecrets("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    const app = createApp({ store, facts, secrets, adminToken: "admin-token-0123456789abcdef-0123456789" });
    const signIn = await app.fetch(new Request(`http://localhost:8787${await app.createLoginPath()}`));
    const cookie = signIn.headers.get("set-cookie")?.split(";")[0] ?? "";
    let closed = 0;
    const answer = await app.fetch(new Request(`http://localhost:8787${path}`, { headers: { cookie } }), {
      breakOff: () => closed++,
    });
    expect(answer.headers.get("content-disposition")).toContain(path.slice(1, 5));
    const reader = answer.body?.getReader();
    const readOn = async () => {
      for (let i = 0; i < 3; i++) await reader?.read();
    };
    void readOn();
    await expect.poll(() => closed).toBe(1);
    await reader?.cancel();
    await app.drain();
  },
);
