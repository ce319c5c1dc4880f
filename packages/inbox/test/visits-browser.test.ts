import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  chromiumPath,
  hasChromium,
  launch,
  looks,
  openPage,
  overflow,
  serveInbox,
  takeScreenshot,
  violations,
} from "./browser.js";
import { personPath, companyPath, sessionPath } from "../src/paths.js";
import { hostileBody, makeVisitInbox, simulated, type VisitInbox, visitScene } from "./visits.js";

/** 1280 pixels at 200 %. */
const zoomed = { name: "zoomed", width: 640, height: 450, colorScheme: "light", axe: "layout" } as const;

describe.skipIf(!hasChromium)(
  `sessions, people and companies in Chromium (skipped without ${chromiumPath}; set CHROMIUM_PATH)`,
  () => {
    let browser: Browser;
    let inbox: VisitInbox;
    let server: Awaited<ReturnType<typeof serveInbox>>;
    let pages: Readonly<Record<string, string>>;

    beforeAll(async () => {
      [browser, inbox] = await Promise.all([launch(), visitScene(300)]);
      server = await serveInbox(inbox);
      const { facts } = inbox;
      const [named] = (await facts.sessions({ identified: true, bots: "without", limit: 1 })).rows;
      const [anonymous] = (await facts.sessions({ identified: false, bots: "without", limit: 1 })).rows;
      const [bot] = (await facts.sessions({ bots: "only", limit: 1 })).rows;
      const people = (await facts.people({ limit: 100 })).rows;
      const companies = (await facts.companies({ limit: 100 })).rows;
      const most = <Row extends { sessions: number }>(rows: readonly Row[]) =>
        rows.toSorted((a, b) => b.sessions - a.sessions)[0];
      pages = {
        sessions: "/",
        "sessions-filtered": "/?q=a&time=7d&medium=email&visitor=identified",
        "sessions-none": "/?q=zzzz",
        "sessions-days": "/?from=2026-02-23&to=2026-02-28",
        "sessions-no-day": `/?from=${"x".repeat(100)}`,
        "companies-swapped-days": "/companies?from=2026-02-28&to=2026-02-23",
        "sessions-bots": "/?bots=only",
        session: sessionPath(named?.id ?? ""),
        "session-anonymous": sessionPath(anonymous?.id ?? ""),
        "session-bot": sessionPath(bot?.id ?? ""),
        people: "/people",
        person: personPath(most(people)?.key ?? ""),
        companies: "/companies",
        company: companyPath(most(companies)?.key ?? ""),
        "session-not-found": "/sessions/none",
      };
    });
    afterAll(async () => {
      await browser?.close();
      await server?.close();
    });

    const signIn = (page: Page) => page.goto(server.origin + inbox.createLoginPath());

    describe.each([...looks, zoomed])("in $name", ({ name, width, height, colorScheme, axe }) => {
      test("every page is accessible and fits the screen", { timeout: 120_000 }, async () => {
        const { page, problems, requests, context } = await openPage(browser, {
          viewport: { width, height },
          colorScheme,
        });
        await signIn(page);
        for (const [title, path] of Object.entries(pages)) {
          await page.goto(server.origin + path);
          expect.soft(await overflow(page), `${title} is wider than the screen`).toBeLessThanOrEqual(0);
          await takeScreenshot(
            page,
            `visits-${title}-${name}`,
            !["sessions", "people", "companies"].includes(title) || width > 400,
          );
          expect.soft(await violations(page, axe), `${title}: axe`).toEqual([]);
        }
        await context.close();
        expect(requests.filter((url) => !url.startsWith(server.origin))).toEqual([]);
        expect(problems).toEqual([]);
      });

      test("hostile and long values fit the screen and run no script", { timeout: 120_000 }, async () => {
        const own = await makeVisitInbox([0, 1, 2, 3, 4, 5, 6].map((n) => hostileBody(n)));
        const ownServer = await serveInbox(own);
        const { page, problems, requests, context } = await openPage(browser, {
          viewport: { width, height },
          colorScheme,
        });
        await page.goto(ownServer.origin + own.createLoginPath());
        const [session] = (await own.facts.sessions({ limit: 1 })).rows;
        const hostile = {
          sessions: "/?bots=all",
          people: "/people",
          companies: "/companies",
          session: sessionPath(session?.id ?? ""),
          person: personPath(session?.person ?? ""),
          company: companyPath(session?.company ?? ""),
        };
        for (const [title, path] of Object.entries(hostile)) {
          await page.goto(ownServer.origin + path);
          expect.soft(await overflow(page), `${path} is wider than the screen`).toBeLessThanOrEqual(0);
          expect.soft(await page.evaluate(() => "hacked" in window)).toBe(false);
          expect.soft(await violations(page, axe), `${path}: axe`).toEqual([]);
          await takeScreenshot(page, `visits-hostile-${title}-${name}`);
        }
        expect(requests.filter((url) => !url.startsWith(ownServer.origin))).toEqual([]);
        expect(problems).toEqual([]);
        await context.close();
        await ownServer.close();
      });
    });

    test.each([true, false])(
      "from a filter and a search to a session, its person, company and event, JavaScript %s",
      { timeout: 60_000 },
      async (javaScriptEnabled) => {
        const { page, problems, context } = await openPage(browser, { javaScriptEnabled });
        const rows = page.locator("tbody tr");
        const search = () => page.getByRole("button", { name: "Search" }).click();
        const row = (await inbox.facts.sessions({ identified: true, bots: "without", limit: 500 })).rows.find(
          ({ company, personName, source }) => company !== null && personName !== null && source !== null,
        );
        await signIn(page);
        await expect.poll(() => rows.count()).toBe(50);
        await page.getByLabel("Visitor", { exact: true }).selectOption("identified");
        await page.getByLabel("Source").selectOption(row?.source ?? "");
        await search();
        await page.waitForURL("**/?*visitor=identified*");
        expect(await rows.count()).toBeGreaterThan(0);
        expect(await page.getByRole("link", { name: "Anonymous visitor" }).count()).toBe(0);
        await page.getByRole("searchbox", { name: "Search" }).fill(row?.personName ?? "");
        await page.keyboard.press("Enter");
        await page.waitForURL("**/?q=*");
        await page
          .getByRole("link", { name: row?.personName ?? "" })
          .first()
          .click();
        await page.waitForURL("**/sessions/*");
        expect(await page.getByRole("heading", { level: 1 }).innerText()).toBe(row?.personName);
        await page.getByRole("link", { name: "Profile" }).click();
        await page.getByRole("heading", { name: "Journey" }).waitFor();
        await page
          .getByRole("link", { name: row?.companyName ?? "" })
          .first()
          .click();
        await page.getByRole("heading", { name: "Visitors" }).waitFor();
        await page.getByRole("link", { name: "Show in the list of sessions" }).click();
        await page.getByText(`Company: ${row?.companyName ?? ""}`).waitFor();
        await page.getByRole("link", { name: "Clear all filters" }).click();
        await expect.poll(() => rows.count()).toBe(50);
        await rows.first().getByRole("link").click();
        await page.getByRole("link", { name: "Raw event" }).click();
        await page.getByRole("heading", { name: "identity.session.finalized" }).waitFor();
        expect(problems).toEqual([]);
        await context.close();
      },
    );

    test.each([
      { width: 1200, column: "td:nth-child(4) bdi", text: "United Kingdom" },
      { width: 1024, column: "td:nth-child(4) bdi", text: "United Kingdom" },
      { width: 1024, column: "td:nth-child(2) bdi:first-child", text: " pages · " },
      { width: 1024, column: "td:nth-child(5) time", text: ":" },
      { width: 320, column: ".who .sub", text: " · " },
      { width: 320, column: "td:nth-child(4) bdi:first-child", text: "United States" },
      { width: 320, column: "td:nth-child(5) time", text: ":" },
      { width: 320, column: ".first bdi", text: "paid_social" },
    ])("at $width pixels, $column of the sessions is shown whole", async ({ width, column, text }) => {
      const { page, context } = await openPage(browser, { viewport: { width, height: 900 } });
      await signIn(page);
      const cells = page.locator(`.sessions ${column}`, { hasText: text });
      expect(await cells.count()).toBeGreaterThan(0);
      const cut = await cells.evaluateAll((all) =>
        all
          .filter((cell) =>
            cell.tagName === "TIME"
              ? cell.getClientRects().length > 1
              : cell.scrollWidth > cell.clientWidth || cell.scrollHeight > cell.clientHeight + 1,
          )
          .map((cell) => cell.textContent),
      );
      expect(cut).toEqual([]);
      await context.close();
    });

    test("the keyboard alone opens a session and comes back", async () => {
      const { page, context } = await openPage(browser);
      await signIn(page);
      await page.keyboard.press("j");
      await page.keyboard.press("j");
      const second = page.locator("tbody tr").nth(1).getByRole("link");
      await expect(second.evaluate((link) => link === document.activeElement)).resolves.toBe(true);
      const href = await second.getAttribute("href");
      await page.keyboard.press("Enter");
      await page.waitForURL(`**${href ?? "none"}`);
      await page.goBack();
      const rowOf = () => page.evaluate(() => document.activeElement?.closest("tr")?.rowIndex);
      await page.keyboard.press("j");
      expect(await rowOf()).toBe(3);
      await page.reload();
      await page.keyboard.press("k");
      expect(await rowOf()).toBe(1);
      await page.getByRole("link", { name: "Older" }).click();
      await page.waitForURL("**/?cursor=*");
      await page.keyboard.press("j");
      expect(await rowOf()).toBe(1);
      await page.keyboard.press("/");
      await page.keyboard.type("zzzz");
      await page.keyboard.press("Enter");
      await page.getByText("No matching sessions").waitFor();
      await context.close();
    });

    test("new sessions are announced and added without moving the list", { timeout: 60_000 }, async () => {
      const events = simulated(70);
      const own = await makeVisitInbox(events.slice(0, 60));
      const ownServer = await serveInbox(own);
      const { page, problems, context } = await openPage(browser, { viewport: { width: 1280, height: 500 } });
      const link = page.locator(".arrivals-button");
      await page.goto(ownServer.origin + own.createLoginPath());
      await page.getByText("Live", { exact: true }).waitFor();
      await page.evaluate(() => window.scrollTo(0, 900));
      const rows = page.locator("tbody tr");
      const before = await rows.count();
      const anchor = rows.nth(20);
      const top = () => anchor.evaluate((row) => row.getBoundingClientRect().top);
      const [name, place] = [await anchor.innerText(), await top()];
      const fresh = events.slice(60).map((body, n) => {
        const { data } = body as { data: { session: Record<string, unknown> } };
        data.session["createdAt"] = own.clock.now - 60_000 + n;
        data.session["sid"] = `ses_fresh_${n}`;
        Object.assign(data.session["network"] as object, {
          botManagement: { score: 99, verifiedBot: false, corporateProxy: false, verifiedBotCategory: null },
        });
        return body;
      });
      await own.receive(fresh.slice(0, 3));
      await link.waitFor({ timeout: 20_000 });
      expect(await link.innerText()).toBe("3 new sessions");
      expect(await rows.count()).toBe(before);
      expect(Math.abs((await top()) - place)).toBeLessThanOrEqual(1);
      await link.focus();
      await page.evaluate(() => window.scrollTo(0, 900));
      await page.keyboard.press("Enter");
      await expect.poll(() => rows.count()).toBe(before + 3);
      expect(await rows.nth(23).innerText()).toBe(name);
      expect(await rows.first().getByRole("link").getAttribute("href")).toBe("/sessions/ses_fresh_2");
      expect(await page.evaluate(() => document.activeElement?.closest("tr")?.rowIndex)).toBe(1);
      expect(await link.isVisible()).toBe(false);

      await own.receive(fresh.slice(3, 4));
      await link.waitFor({ timeout: 20_000 });
      expect(await link.innerText()).toBe("1 new session");
      await context.clearCookies();
      await page.getByText("Signed out").waitFor({ timeout: 20_000 });
      expect(problems).toEqual([]);
      await context.close();
      await ownServer.close();
    });

    test(
      "more new sessions than a page has are all in the list after a click",
      { timeout: 60_000 },
      async () => {
        const events = simulated(400);
        const own = await makeVisitInbox(events.slice(0, 60));
        const ownServer = await serveInbox(own);
        const { page, problems, context } = await openPage(browser);
        await page.goto(ownServer.origin + own.createLoginPath());
        await page.getByText("Live", { exact: true }).waitFor();
        const old = await page.locator("tbody tr").first().getByRole("link").getAttribute("href");
        const minute = 60_000;
        await own.receive(
          events.slice(60).map((body, n) => {
            const { data } = body as { data: { session: Record<string, unknown> } };
            Object.assign(data.session, { createdAt: own.clock.now - minute + n, sid: `ses_fresh_${n}` });
            return body;
          }),
        );
        const link = page.locator(".arrivals-button");
        await link.waitFor({ timeout: 20_000 });
        expect(await link.innerText()).toBe("50+ new sessions");
        await link.click();
        await page.waitForFunction((href) => !document.querySelector(`tbody a[href="${href}"]`), old ?? "");
        expect(await page.locator("tbody tr").count()).toBe(50);
        const { rows } = await own.facts.sessions({ bots: "without", limit: 51 });
        await page.getByRole("link", { name: "Older" }).click();
        await page.waitForURL("**/?cursor=*");
        const first = page.locator("tbody tr").first().getByRole("link");
        expect(await first.getAttribute("href")).toBe(`/sessions/${rows[50]?.id}`);
        expect(problems).toEqual([]);
        await context.close();
        await ownServer.close();
      },
    );

    test("an empty list shows the first session by itself", { timeout: 60_000 }, async () => {
      const own = await makeVisitInbox();
      const ownServer = await serveInbox(own);
      const { page, context } = await openPage(browser);
      await page.goto(ownServer.origin + own.createLoginPath());
      await page.getByText("No sessions yet").waitFor();
      expect(await violations(page)).toEqual([]);
      await takeScreenshot(page, "visits-empty");
      await own.receive(simulated(10));
      await page.locator("tbody tr").first().waitFor({ timeout: 20_000 });
      await context.close();
      await ownServer.close();
    });

    test("the dates of a timeline are those of the browser's time zone", async () => {
      const [body] = simulated(1) as [{ data: { session: object } }];
      const at = (hour: number, minute: number) => Date.UTC(2026, 1, 27, hour, minute);
      const view = { signal: "page_view", v: "1", title: null, ref: null, outlink: null, props: {} };
      const events = [at(21, 50), at(22, 10), at(24, 10)].map((ts, n) => ({
        ...view,
        url: `https://a.example/${n}`,
        ts,
      }));
      const landing = { landingPage: "https://a.example/0", createdAt: at(21, 50) };
      Object.assign(body.data.session, { sid: "ses_days", events, ...landing });
      const own = await makeVisitInbox([body]);
      const ownServer = await serveInbox(own);
      for (const [timezoneId, ...times] of [
        ["UTC", "21:50:00", "22:10:00", "28 Feb, 00:10:00"],
        ["Africa/Maputo", "23:50:00", "28 Feb, 00:10:00", "02:10:00"],
        ["Asia/Kolkata", "03:20:00", "03:40:00", "05:40:00"],
        ["America/Los_Angeles", "13:50:00", "14:10:00", "16:10:00"],
      ]) {
        const { page, problems, context } = await openPage(browser, { timezoneId: timezoneId ?? "UTC" });
        await page.goto(ownServer.origin + own.createLoginPath());
        await page.goto(ownServer.origin + sessionPath("ses_days"));
        const shown = (await page.locator(".timeline time").allTextContents()).map((time) =>
          time.replace(/^28 Feb 2026/, "28 Feb"),
        );
        expect([timezoneId, ...shown]).toEqual([timezoneId, ...times]);
        expect(problems).toEqual([]);
        await context.close();
      }
      await ownServer.close();
    });
  },
);
