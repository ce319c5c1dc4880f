import { type PrivacyStore, StoreError } from "@sessionhook/core";
import { createMemoryStore } from "@sessionhook/stores/memory";
import { describe, expect, test } from "vitest";
import { makeInbox } from "./events.js";
import { email, makePrivacyInbox } from "./privacy.js";

const jane = { by: "email", value: email };

function failingStore(message: string): PrivacyStore {
  const fail = () => Promise.reject(new StoreError("store_unavailable", message));
  return {
    find: fail,
    erase: fail,
    // oxlint-disable-next-line require-yield
    async *export() {
      await fail();
    },
    close: async () => undefined,
  };
}

describe("the page of personal data", () => {
  test("finds a person and shows numbers, destinations and events, without an address that names the person", async () => {
    const { get, post } = await makePrivacyInbox();
    const empty = await (await get("/privacy")).text();
    expect(empty).toContain('<form class="search" method="post" action="/privacy"');
    const answer = await post("/privacy", { ...jane, value: ` ${email.toUpperCase()} ` });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    const html = await answer.text();
    expect(html).toMatch(/<dt>Events<\/dt><dd>31<\/dd>/);
    expect(html).toMatch(/<dt>Sessions<\/dt><dd>30<\/dd>/);
    expect(html).toContain('href="/events/evt_jane_0"');
    expect(html).toContain("And 11 more");
    expect(html).toContain("&lt;/strong&gt;&lt;script&gt;window.hacked");
    expect(html).not.toMatch(/(?:href|action)="[^"]*jane\.doe/i);
    expect(html).not.toContain("<script>window.hacked");
    expect(html).not.toContain("evt_john");
    const none = await (await post("/privacy", { by: "vid", value: "v_none" })).text();
    expect(none).toContain("Nothing is stored about this person");
  });

  test("names several people who were found together, and not one", async () => {
    const counts = { events: 2, sessions: 2, pageViews: 0, deliveries: 0, attempts: 0 };
    const find = (peopleKeys: string[], people: number) => async () => ({
      ...counts,
      people,
      peopleKeys,
      eventIds: ["evt_1"],
      deliveredTo: [],
    });
    const pageOf = async (keys: string[], people = keys.length) => {
      const privacy = { ...failingStore("not used"), find: find(keys, people) };
      const { app, cookie } = await makeInbox([], { store: createMemoryStore(), privacy });
      const answer = await app.request("/privacy", {
        method: "POST",
        headers: { cookie, "sec-fetch-site": "same-origin" },
        body: new URLSearchParams(jane),
      });
      return answer.text();
    };
    const several = await pageOf(["email:mum@home.example", "email:kid@home.example"], 22);
    expect(several).toContain("Check that all of them are meant");
    expect(several).toContain("email:kid@home.example");
    expect(several).toContain("And 20 more.");
    expect(await pageOf(["email:mum@home.example"])).not.toContain("email:mum");
  });

  test("exports NDJSON as a download", async () => {
    const { post } = await makePrivacyInbox(3);
    const answer = await post("/privacy/export", jane);
    expect(answer.headers.get("content-type")).toBe("application/x-ndjson");
    expect(answer.headers.get("content-disposition")).toBe(
      'attachment; filename="personal-data-2026-03-01.ndjson"',
    );
    expect(answer.headers.get("cache-control")).toBe("no-store");
    const rows = (await answer.text())
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as { kind: string });
    expect(new Set(rows.map(({ kind }) => kind))).toEqual(
      new Set(["event", "session", "page", "person", "delivery", "attempt"]),
    );
    expect(rows.filter(({ kind }) => kind === "event")).toHaveLength(4);
  });

  test("an export breaks off visibly if the store fails in the middle", async () => {
    const errors: unknown[] = [];
    const privacy: PrivacyStore = {
      ...failingStore("not used"),
      async *export() {
        yield { kind: "event", id: "evt_1" };
        throw new StoreError("store_unavailable", "the secret reason");
      },
    };
    const onError = (error: unknown) => errors.push(error);
    const { app, cookie } = await makeInbox([], { store: createMemoryStore(), privacy, onError });
    const ask = (server?: object) => {
      const body = new URLSearchParams(jane);
      const headers = { cookie, "sec-fetch-site": "same-origin" };
      return app.request("/privacy/export", { method: "POST", headers, body }, server);
    };
    let text = "";
    const read = async () => {
      for await (const chunk of (await ask()).body ?? [])
        text += new TextDecoder().decode(chunk as Uint8Array);
    };
    await expect(read()).rejects.toThrow("broke off");
    expect(text.split("\n").at(0)).toBe('{"kind":"event","id":"evt_1"}');
    expect(text.split("\n").at(-1)).toContain("not complete");
    expect(text).not.toContain("secret reason");
    expect(errors).toEqual([expect.objectContaining({ code: "store_unavailable" })]);

    let closed = 0;
    const reader = (await ask({ breakOff: () => closed++ })).body?.getReader();
    for (let i = 0; i < 2; i++) await reader?.read();
    const pending = reader?.read();
    await expect.poll(() => closed).toBe(1);
    await reader?.cancel();
    await pending;
  });

  test("erases only with the confirmation, and reports what was done", async () => {
    const { post, store } = await makePrivacyInbox(3);
    for (const confirmation of ["", "yes", "erased"]) {
      const refused = await post("/privacy/erase", { ...jane, confirmation });
      expect(refused.status).toBe(422);
      expect(await refused.text()).toContain('aria-invalid="true"');
    }
    expect((await store.stats()).accepted).toBe(4);
    const erased = await post("/privacy/erase", { ...jane, confirmation: " Erase " });
    expect(erased.status).toBe(200);
    const html = await erased.text();
    expect(html).toContain("6 open deliveries cancelled, 4 tombstones left");
    expect(html.toLowerCase()).not.toMatch(/value="jane|jane\.doe@example\.com(?!")/);
    expect(await store.stats()).toMatchObject({ accepted: 1, quarantined: 0 });
    // A page that is loaded again erases again.
    const again = await (await post("/privacy/erase", { ...jane, confirmation: "erase" })).text();
    expect(again).toContain("Nothing to erase");
    expect(again).not.toContain("tombstones");
  });

  test.each([
    [0, undefined],
    [1, "1 person remains, because other events have them."],
    [2, "2 people remain, because other events have them."],
  ])("reports that %i people remain after an erasure", async (remainingPeople, sentence) => {
    const counts = { events: 1, sessions: 1, people: 0, pageViews: 1, deliveries: 0, attempts: 0 };
    const report = {
      ...counts,
      at: 0,
      tombstones: 1,
      cancelled: 0,
      cancelledReplays: 0,
      deliveredTo: [],
      remainingPeople,
    };
    const privacy = { ...failingStore("not used"), erase: async () => report };
    const { app, cookie } = await makeInbox([], { store: createMemoryStore(), privacy });
    const answer = await app.request("/privacy/erase", {
      method: "POST",
      headers: { cookie, "sec-fetch-site": "same-origin" },
      body: new URLSearchParams({ ...jane, confirmation: "erase" }),
    });
    const html = (await answer.text()).replaceAll(/\s+/g, " ");
    if (sentence === undefined) expect(html).not.toContain("remain,");
    else expect(html).toContain(sentence);
  });

  test.each([
    [{ by: "email", value: "jane" }, "The e-mail address must have the form name@domain"],
    [{ by: "email", value: "" }, "Give exactly one of"],
    [{ by: "linkedin", value: "<script>https://x.example" }, "The LinkedIn profile must be"],
    [{ by: "nonsense", value: '"><script>alert(1)</script>' }, "The e-mail address must"],
    [{}, "Give exactly one of"],
  ])("refuses %j with the reason, and escapes it", async (fields, reason) => {
    const { post } = await makePrivacyInbox(1);
    for (const path of ["/privacy", "/privacy/export", "/privacy/erase"]) {
      const answer = await post(path, { ...fields, confirmation: "erase" } as Record<string, string>);
      expect(answer.status).toBe(422);
      const html = await answer.text();
      expect(html).toContain(reason);
      expect(html).not.toMatch(/<script>(?!<)/);
    }
  });

  test("needs a session, and forms of our own pages", async () => {
    const { app, post, cookie, store } = await makePrivacyInbox(1);
    const fields = { ...jane, confirmation: "erase" };
    for (const path of ["/privacy", "/privacy/export", "/privacy/erase"]) {
      const other = await post(path, fields, {
        "sec-fetch-site": "cross-site",
        origin: "https://evil.example",
      });
      expect(other.status).toBe(403);
      const out = await app.request(path, {
        method: "POST",
        headers: { "sec-fetch-site": "same-origin" },
        body: new URLSearchParams(fields),
      });
      expect(out.status).toBe(303);
    }
    expect(cookie).not.toBe("");
    expect((await store.stats()).accepted).toBe(2);
  });

  test("shows why the store cannot erase, or that there is none", async () => {
    const message = "The database is too large";
    const privacy = failingStore(message);
    const { app, cookie } = await makeInbox([], { store: createMemoryStore(), privacy });
    for (const path of ["/privacy", "/privacy/export", "/privacy/erase"]) {
      const body = new URLSearchParams({ ...jane, confirmation: "erase" });
      const answer = await app.request(path, {
        method: "POST",
        headers: { cookie, "sec-fetch-site": "same-origin" },
        body,
      });
      expect(answer.status).toBe(503);
      expect(await answer.text()).toContain(message);
    }
    const without = await makeInbox([]);
    const answer = await without.get("/privacy");
    expect(answer.status).toBe(404);
    expect(await answer.text()).toContain("docs/privacy.md");
  });
});
