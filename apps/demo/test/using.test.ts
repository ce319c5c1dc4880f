import { type NewEvent, noIssues, parseEvent, sign } from "@sessionhook/core";
import { type Facts, factsOf } from "@sessionhook/core/facts";
import type { HistoryEvent } from "@sessionhook/simulator";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  chromiumPath,
  hasChromium,
  launch,
  openPage,
  overflow,
} from "../../../packages/inbox/test/browser.js";
import { makeScene, type Scene, sceneTime, sceneToken } from "./scene.js";
import { serveApp } from "./serve.js";

const hour = 3_600_000;
const day = 24 * hour;
/** Rows of the first page. */
const pageSize = 50;
const patient = { timeout: 30_000 };

/** A session as this test computes it from its event, without the derived tables. */
interface Expected {
  readonly id: string;
  readonly at: number;
  readonly facts: Facts;
}

function expectedOf(events: Iterable<HistoryEvent>): Expected[] {
  const sessions: Expected[] = [];
  for (const { body } of events) {
    const parsed = parseEvent(body);
    if (parsed.status !== "accepted" || parsed.event.type !== "identity.session.finalized") continue;
    const facts = factsOf(parsed.event);
    sessions.push({ id: facts.sessionId ?? "", at: facts.sessionStartedAt ?? 0, facts });
  }
  return sessions.toSorted((a, b) => b.at - a.at);
}

const isPerson = ({ facts }: Expected) => facts.botLikely !== true;
const isIdentified = ({ facts }: Expected) =>
  (facts.personLinkedinUrl ?? facts.personEmail ?? facts.personFullName) !== undefined;
const sourceOf = ({ facts }: Expected) => facts.utmSource ?? facts.sessionReferrerDomain;

describe.skipIf(!hasChromium)(
  `the app with a history in Chromium (skipped without ${chromiumPath}; set CHROMIUM_PATH)`,
  () => {
    let browser: Browser;
    let scene: Scene;
    let server: Awaited<ReturnType<typeof serveApp>>;
    let expected: readonly Expected[];

    beforeAll(async () => {
      [browser, scene] = await Promise.all([launch(), makeScene({ sessions: 1500 })]);
      server = await serveApp(scene.app);
    });
    beforeEach(() => {
      expected = expectedOf(scene.events());
    });
    afterAll(async () => {
      await browser?.close();
      await server?.close();
      await scene?.close();
    });

    /** A page of a signed-in user. */
    const open = async (options: Parameters<typeof openPage>[1] = {}) => {
      const opened = await openPage(browser, { timezoneId: "Europe/Berlin", ...options });
      await opened.page.goto(server.origin + (await scene.app.createLoginPath()));
      return opened;
    };
    /** Ids of the sessions in the list. */
    const shown = (page: Page) =>
      page
        .locator("table.sessions tbody tr a:first-of-type")
        .evaluateAll((links) =>
          links.map((link) =>
            decodeURIComponent((link as HTMLAnchorElement).pathname).replace("/sessions/", ""),
          ),
        );
    const idsOf = (sessions: readonly Expected[]) => sessions.slice(0, pageSize).map(({ id }) => id);
    /** Sends a signed message to the endpoint. */
    const send = async ({ id, body }: { id: string; body: string }) => {
      const timestamp = Math.floor(scene.now() / 1000);
      const headers = { ...sign(body, { id, secret: scene.secret, timestamp }) };
      const answer = await fetch(`${server.origin}/webhooks`, { method: "POST", headers, body });
      expect(answer.status).toBe(200);
      await scene.derive();
    };
    const sendLive = async () => {
      const event = scene.live();
      await send(event);
      return expectedOf([event])[0] as Expected;
    };

    test("signing in with the token, and out", async () => {
      const { page, problems, context } = await openPage(browser);
      await page.goto(`${server.origin}/people`);
      await page.waitForURL("**/login?next=*");
      await page.getByLabel("Admin token").fill("not the token");
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.getByRole("alert").waitFor();
      await page.getByLabel("Admin token").fill(sceneToken);
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.getByRole("heading", { name: "People", level: 1 }).waitFor();
      await page.getByRole("button", { name: "Sign out" }).click();
      await page.waitForURL("**/login");
      await page.goto(server.origin);
      await page.waitForURL("**/login*");
      expect(problems).toEqual([]);
      await context.close();
    });

    test("a session that arrives is announced, and added without moving what is read", async () => {
      const { page, problems, context } = await open();
      const before = await shown(page);
      expect(before).toEqual(idsOf(expected.filter(isPerson)));
      const read = page.locator("table.sessions tbody tr", { has: page.locator(`a[href$="${before[20]}"]`) });
      await read.scrollIntoViewIfNeeded();
      const place = (await read.boundingBox())?.y;
      let arrived = await sendLive();
      while (!isPerson(arrived) || arrived.at < (expected[10]?.at ?? 0)) arrived = await sendLive();
      const bar = page.locator(".arrivals-button");
      await bar.waitFor(patient);
      expect(await bar.innerText()).toMatch(/^\d+ new sessions?$/);
      expect((await read.boundingBox())?.y).toBeCloseTo(place ?? Number.NaN, 0);
      expect(await shown(page)).toEqual(before);
      await bar.click();
      await page.locator("tr.arrived").first().waitFor();
      expect(await shown(page)).toContain(arrived.id);
      expect((await shown(page)).filter((id) => before.includes(id))).toEqual(before);
      expect(problems).toEqual([]);
      await context.close();
    });

    const filters: readonly [label: string, value: string, test: (session: Expected) => boolean][] = [
      ["Time", "1h", ({ at }) => at >= sceneTime - hour],
      ["Time", "7d", ({ at }) => at >= sceneTime - 7 * day],
      ["Source", "newsletter", (session) => sourceOf(session) === "newsletter"],
      ["Source", " ", (session) => sourceOf(session) === undefined],
      ["Campaign", "integrations-launch", ({ facts }) => facts.utmCampaign === "integrations-launch"],
      ["Campaign", " ", ({ facts }) => facts.utmCampaign === undefined],
      ["Country", "DE", ({ facts }) => facts.visitCountry === "DE"],
      [
        "Company size",
        "201-1000",
        ({ facts }) => (facts.companyEmployeeCount ?? 0) >= 201 && (facts.companyEmployeeCount ?? 0) <= 1000,
      ],
      ["Visitor", "identified", isIdentified],
      ["Visitor", "anonymous", (session) => !isIdentified(session)],
    ];
    test.each([true, false])(
      "every filter selects what a second computation selects, JavaScript %s",
      { timeout: 120_000 },
      async (javaScriptEnabled) => {
        const { page, problems, context } = await open({ javaScriptEnabled });
        const choose = async (label: string, value: string) => {
          await page.getByLabel(label, { exact: true }).selectOption(value);
          await page.getByRole("button", { name: "Search" }).click();
          await page.waitForURL((url) => url.search !== "");
        };
        for (const [label, value, selects] of filters) {
          await page.goto(server.origin);
          await choose(label, value);
          const wanted = expected.filter((session) => isPerson(session) && selects(session));
          expect(wanted.length, `${label} ${value}`).toBeGreaterThan(3);
          expect.soft(await shown(page), `${label} ${value}`).toEqual(idsOf(wanted));
        }
        for (const [value, selects] of [
          ["only", (session: Expected) => !isPerson(session)],
          ["all", () => true],
        ] as const) {
          await page.goto(server.origin);
          await choose("Bots", value);
          expect.soft(await shown(page), `bots ${value}`).toEqual(idsOf(expected.filter(selects)));
        }
        expect(problems).toEqual([]);
        await context.close();
      },
    );

    test.each([true, false])(
      "days are chosen, preserved on later pages, and replaced, JavaScript %s",
      { timeout: 120_000 },
      async (javaScriptEnabled) => {
        const { page, problems, context } = await open({ javaScriptEnabled });
        const search = async () => {
          await page.getByRole("button", { name: "Search" }).click();
          await page.waitForURL((url) => url.search !== "");
        };
        const days = expected.filter(
          (one) => isPerson(one) && one.at >= Date.UTC(2026, 5, 22) && one.at < Date.UTC(2026, 5, 29),
        );
        expect(days.length).toBeGreaterThan(pageSize);
        await page.getByLabel("Time", { exact: true }).selectOption("24h");
        await page.getByLabel("From").fill("2026-06-22");
        await page.getByLabel("to", { exact: true }).fill("2026-06-28");
        await search();
        expect(await shown(page)).toEqual(idsOf(days));
        await page.getByRole("link", { name: "Older" }).click();
        await page.waitForURL(/cursor=/);
        expect(await shown(page)).toEqual(idsOf(days.slice(pageSize)));
        expect(await page.getByLabel("From").inputValue()).toBe("2026-06-22");
        await page.getByLabel("Country", { exact: true }).selectOption("DE");
        await search();
        await page.waitForURL(/country=DE/);
        const german = days.filter(({ facts }) => facts.visitCountry === "DE");
        expect(await shown(page)).toEqual(idsOf(german));
        await page.getByLabel("Time", { exact: true }).selectOption("24h");
        await search();
        await page.waitForURL(/instead=24h/);
        expect(await page.getByLabel("Time", { exact: true }).inputValue()).toBe("24h");
        expect(await page.getByLabel("From").inputValue()).toBe("");
        await page.goto(`${server.origin}/?from=2026-06-28&to=2026-06-22`);
        await page.getByRole("link", { name: "Swap them" }).click();
        await page.waitForURL(/from=2026-06-22/);
        expect(await shown(page)).toEqual(idsOf(days));
        await page.getByRole("link", { name: "Clear all filters" }).click();
        await page.waitForURL(`${server.origin}/`);
        expect(problems).toEqual([]);
        await context.close();
      },
    );

    test("days are typed and sent with the keyboard", async () => {
      const { page, problems, context } = await open({ locale: "en-US" });
      await page.goto(`${server.origin}/companies`);
      await page.getByLabel("Time", { exact: true }).focus();
      await page.keyboard.press("Tab");
      await page.keyboard.type("06222026");
      await page.getByLabel("to", { exact: true }).focus();
      await page.keyboard.type("06282026");
      await page.keyboard.press("Enter");
      await page.waitForURL(/from=2026-06-22&to=2026-06-28/);
      expect(problems).toEqual([]);
      await context.close();
    });

    test.each([true, false])(
      "the lists are downloaded, all that the filter selects, JavaScript %s",
      async (javaScriptEnabled) => {
        const { page, problems, context } = await open({ javaScriptEnabled });
        const { readFile } = await import("node:fs/promises");
        const saved = async (name: string) => {
          const [download] = await Promise.all([
            page.waitForEvent("download"),
            page.getByRole("link", { name: `Download all as ${name}` }).click(),
          ]);
          expect(await download.failure()).toBe(null);
          const lines = (await readFile(await download.path(), "utf8")).trimEnd().split("\n");
          return { file: download.suggestedFilename(), lines };
        };
        await page.goto(`${server.origin}/?from=2026-06-22&to=2026-06-28`);
        const wanted = expected.filter(
          (one) => isPerson(one) && one.at >= Date.UTC(2026, 5, 22) && one.at < Date.UTC(2026, 5, 29),
        );
        const { file, lines } = await saved("NDJSON");
        expect(file).toBe("sessions-2026-07-01.ndjson");
        expect(lines.map((line) => (JSON.parse(line) as { id: string }).id)).toEqual(
          wanted.map(({ id }) => id),
        );
        for (const list of ["people", "companies"] as const) {
          await page.goto(`${server.origin}/${list}`);
          const csv = await saved("CSV");
          expect(csv.file).toBe(`${list}-2026-07-01.csv`);
          const api = await fetch(`${server.origin}/api/${list}?format=csv`, {
            headers: { authorization: `Bearer ${sceneToken}` },
          });
          // For Excel, the file of the inbox has a byte order mark, which `text` would drop.
          const [head, ...rows] = (await api.text()).trimEnd().split("\n");
          expect(csv.lines).toEqual([`\ufeff${head}`, ...rows]);
          expect(csv.lines.length).toBeGreaterThan(pageSize);
        }
        expect(problems).toEqual([]);
        await context.close();
      },
    );

    test("the counts of attribution lead to the sessions of its days", async () => {
      const { page, problems, context } = await open();
      await page.goto(`${server.origin}/attribution?by=country&from=2026-06-22&to=2026-06-28`);
      const row = page.getByRole("row", { name: /Germany/ });
      const count = Number((await row.locator(".amount").innerText()).replace(/\D/g, ""));
      await row.getByRole("link").click();
      await page.getByRole("heading", { name: "Sessions", level: 1 }).waitFor();
      expect(await page.getByLabel("From").inputValue()).toBe("2026-06-22");
      expect(await page.getByLabel("to", { exact: true }).inputValue()).toBe("2026-06-28");
      const path = await page.getByRole("link", { name: "Download all as NDJSON" }).getAttribute("href");
      const lines = await page.evaluate(async (path) => (await fetch(path ?? "")).text(), path);
      expect(count).toBeGreaterThan(3);
      expect(lines.trimEnd().split("\n")).toHaveLength(count);
      expect(problems).toEqual([]);
      await context.close();
    });

    test("the search finds names, addresses, companies, domains and ids", async () => {
      const { page, problems, context } = await open();
      const person = expected.find(
        ({ facts }) => facts.personFullName && facts.personEmail && facts.companyDomain && facts.companyName,
      );
      if (person === undefined) throw new Error("no session has a person with a company");
      const { facts } = person;
      const same = (key: "personFullName" | "companyName") =>
        idsOf(expected.filter((one) => isPerson(one) && one.facts[key] === facts[key]));
      for (const [text, wanted] of [
        [facts.personFullName, same("personFullName")],
        [facts.personEmail, [person.id]],
        [facts.companyName, same("companyName")],
        [facts.companyDomain, same("companyName")],
        [person.id, [person.id]],
        [facts.sessionVisitorId, [person.id]],
      ] as const) {
        await page.goto(server.origin);
        await page.getByRole("searchbox").fill(text ?? "");
        await page.keyboard.press("Enter");
        await page.waitForURL(/q=/);
        const found = await shown(page);
        expect.soft(found.length, text).toBeGreaterThan(0);
        expect.soft(found, text).toEqual(expect.arrayContaining([...wanted]));
      }
      await page.getByRole("searchbox").fill("nobody-at-all");
      await page.keyboard.press("Enter");
      await page.getByRole("heading", { name: "No matching sessions" }).waitFor();
      expect(problems).toEqual([]);
      await context.close();
    });

    test("the keyboard moves through the list, opens, searches, goes to a page and shows the help", async () => {
      const { page, problems, context } = await open();
      const [, second] = await shown(page);
      await page.keyboard.press("j");
      await page.keyboard.press("j");
      await page.keyboard.press("j");
      await page.keyboard.press("k");
      await page.keyboard.press("Enter");
      await page.waitForURL(`**/sessions/${second}`);
      await page.keyboard.press("g");
      await page.keyboard.press("p");
      await page.getByRole("heading", { name: "People", level: 1 }).waitFor();
      await page.keyboard.press("/");
      await page.keyboard.type("halden?");
      expect(await page.getByRole("searchbox").inputValue()).toBe("halden?");
      await page.keyboard.press("Escape");
      await page.keyboard.press("?");
      await page.getByRole("dialog").waitFor();
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({ state: "hidden" });
      const reloaded = page.waitForEvent("load");
      await page.keyboard.press("r");
      await reloaded;
      expect(problems).toEqual([]);
      await context.close();
    });

    test("from a session to its person, company, event and deliveries, and the address is copied", async () => {
      const { page, problems, context } = await open({ permissions: ["clipboard-read", "clipboard-write"] });
      await page.goto(`${server.origin}/?q=halden`);
      const [id] = await shown(page);
      const session = expected.find((one) => one.id === id);
      await page.locator("table.sessions tbody a").first().click();
      await page.waitForURL("**/sessions/*");
      await page.getByRole("button", { name: /^Copy/ }).first().click();
      await page.getByText("Copied").first().waitFor();
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(session?.facts.personEmail);
      await page.getByRole("link", { name: "Raw event" }).click();
      await page.waitForURL("**/events/*");
      await page.goBack();
      await page.getByRole("main").getByRole("link", { name: "Halden Robotics" }).first().click();
      await page.getByRole("heading", { name: "Halden Robotics", level: 1 }).waitFor();
      expect(await page.getByRole("main").innerText()).toContain("5 known people");
      await page
        .getByRole("main")
        .getByRole("link", { name: session?.facts.personFullName ?? "" })
        .first()
        .click();
      await page.waitForURL("**/people?key=**");
      expect(problems).toEqual([]);
      await context.close();
    });

    test("the attribution is downloaded as CSV, and the sums are those of the events", async () => {
      const { page, problems, context } = await open();
      await page.goto(`${server.origin}/attribution?by=campaign&model=last&days=30`);
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("link", { name: "Download CSV" }).click(),
      ]);
      const { readFile } = await import("node:fs/promises");
      const lines = (await readFile(await download.path(), "utf8")).trim().split(/\r?\n/);
      const people = expected.filter(isPerson);
      for (const campaign of ["integrations-launch", "brand_search", "product-news"]) {
        const count = people.filter(({ facts }) => facts.utmCampaign === campaign).length;
        expect(lines.find((line) => line.includes(campaign))?.split(",")).toContain(String(count));
      }
      expect(problems).toEqual([]);
      await context.close();
    });

    test("sessions are exported as CSV, all that the filter selects", async () => {
      const answer = await fetch(`${server.origin}/api/sessions?campaign=product-news`, {
        headers: { authorization: `Bearer ${sceneToken}`, accept: "text/csv" },
      });
      const lines = (await answer.text()).trim().split(/\r?\n/);
      const wanted = expected.filter(({ facts }) => facts.utmCampaign === "product-news");
      expect(lines).toHaveLength(wanted.length + 1);
      for (const { id } of wanted) expect(lines.some((line) => line.includes(id))).toBe(true);
    });

    test("a quarantined event that fits by now is rechecked, after its effect was shown, and becomes a session", async () => {
      const { id, body, receivedAt } = scene.live();
      const older: NewEvent = {
        id,
        raw: new TextEncoder().encode(body),
        receivedAt,
        attemptTimestamp: Math.floor(receivedAt / 1000),
        signature: "v1,c2lnbmF0dXJl",
        type: "identity.session.finalized",
        status: "quarantined",
        ...noIssues,
        issues: [{ path: "data.session.window", message: "expected string, it is missing" }],
        total: 1,
      };
      await scene.store.append([older]);
      await scene.derive();
      const { page, problems, context } = await open();
      await page.goto(`${server.origin}/quarantine`);
      const group = page.locator("li.issue-group", { hasText: "data.session.window" });
      await group.getByRole("link", { name: /Recheck/ }).click();
      await page.getByRole("heading", { name: "1 event would be accepted" }).waitFor();
      expect((await scene.store.get(id))?.status).toBe("quarantined");
      await page.getByRole("button", { name: /Recheck/ }).click();
      await page.waitForLoadState();
      await expect.poll(async () => (await scene.store.get(id))?.status).toBe("accepted");
      await scene.derive();
      const [session] = expectedOf([{ id, body, receivedAt, type: "" }]);
      await page.goto(`${server.origin}/sessions/${session?.id}`);
      await page.getByRole("link", { name: "Raw event" }).waitFor();
      expect(problems).toEqual([]);
      await context.close();
    });

    test("what is stored about a person is found, exported and erased", async () => {
      const { page, problems, context } = await open();
      const person = expected.find(({ facts }) => facts.personEmail?.endsWith(".example") === true);
      const [email = "", id] = [person?.facts.personEmail, person?.id];
      await page.goto(`${server.origin}/privacy`);
      await page.getByRole("main").getByLabel("Value").fill(email);
      await page.getByRole("button", { name: "Find" }).click();
      await page.waitForLoadState();
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("button", { name: /[Ee]xport|[Dd]ownload/ }).click(),
      ]);
      const { readFile } = await import("node:fs/promises");
      expect(await readFile(await download.path(), "utf8")).toContain(email);
      await page.getByRole("textbox", { name: /erase/i }).fill("erase");
      await page.getByRole("button", { name: /^Erase/ }).click();
      await page
        .getByText(/[Ee]rased/)
        .first()
        .waitFor();
      await page.goto(`${server.origin}/?q=${encodeURIComponent(email)}`);
      expect(await shown(page)).toEqual([]);
      expect((await page.goto(`${server.origin}/sessions/${id}`))?.status()).toBe(404);
      expect(problems).toEqual([]);
      await context.close();
    });

    test("the pages can be used on a phone of 320 pixels", async () => {
      const { page, problems, context } = await open({
        viewport: { width: 320, height: 640 },
        hasTouch: true,
      });
      await page.getByLabel("Country", { exact: true }).selectOption("DE");
      await page.getByRole("button", { name: "Search" }).tap();
      await page.waitForURL(/country=DE/, patient);
      await page.locator("table.sessions tbody a").first().tap();
      await page.waitForURL("**/sessions/*");
      expect(await overflow(page)).toBeLessThanOrEqual(0);
      expect(problems).toEqual([]);
      await context.close();
    });
  },
);
