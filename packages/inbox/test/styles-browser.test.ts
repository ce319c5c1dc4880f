import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sessionPath } from "../src/paths.js";
import { chromiumPath, hasChromium, launch, openPage, serveInbox, takeScreenshot } from "./browser.js";
import { makeInbox, start } from "./events.js";
import { changed, makeVisitInbox, simulated, type VisitInbox } from "./visits.js";

/** A path that ends with a letter of a script from right to left. */
const arabic = "/\u0645";

describe.skipIf(!hasChromium)(
  `styles in Chromium (skipped without ${chromiumPath}; set CHROMIUM_PATH)`,
  () => {
    let browser: Browser;
    let inbox: VisitInbox;
    let server: Awaited<ReturnType<typeof serveInbox>>;

    beforeAll(async () => {
      const bodies = simulated(60) as { id: string; data: { session: Record<string, unknown> } }[];
      const [first] = bodies;
      if (first === undefined) throw new Error("There is no event");
      const signal = { signal: "page_view", v: "1", title: null, ref: null, outlink: null, props: {} };
      Object.assign(first.data.session, {
        sid: "ses_arabic",
        landingPage: `https://a.example${arabic}`,
        events: [{ ...signal, url: `https://a.example${arabic}`, ts: start - 60_000 }],
      });
      [browser, inbox] = await Promise.all([launch(), makeVisitInbox(bodies)]);
      server = await serveInbox(inbox);
    });
    afterAll(async () => {
      await browser?.close();
      await server?.close();
    });

    /** Opens a page of the inbox on a screen. */
    async function open(path: string, options: BrowserContextOptions): Promise<Page> {
      const { page } = await openPage(browser, options);
      await page.goto(server.origin + inbox.createLoginPath());
      await page.goto(server.origin + path);
      return page;
    }
    const screen = (width: number) => ({ viewport: { width, height: 900 } });
    const isShown = (page: Page, selector: string) => page.locator(selector).first().isVisible();

    test.each(["/attribution", "/events", "/deliveries"])(
      "the chosen tab of %s is visible in forced colours, and so is the focus on it",
      async (path) => {
        const page = await open(path, { ...screen(1280), forcedColors: "active" });
        const outlines = () =>
          page.evaluate(() =>
            [...document.querySelectorAll(".tabs a, .segments a, .site-nav a")].map((link) => {
              const { outlineStyle, outlineOffset } = getComputedStyle(link);
              return {
                chosen: link.hasAttribute("aria-current"),
                outline: outlineStyle === "none" ? undefined : outlineOffset,
              };
            }),
          );
        const found = await outlines();
        expect(found.filter(({ chosen }) => chosen).length).toBeGreaterThan(0);
        for (const { chosen, outline } of found) expect(outline?.startsWith("-") === true).toBe(chosen);
        for (const link of await page.locator("[aria-current]").all()) {
          await page.keyboard.press("Tab");
          await link.focus();
          expect(await link.evaluate((element) => getComputedStyle(element).outlineOffset)).toBe("2px");
        }
        await takeScreenshot(page, `styles-forced-colours${path.replaceAll("/", "-")}`);
        await page.context().close();
      },
    );

    test("the numbers of attribution have nouns only where its table is cards", async () => {
      const page = await open("/attribution", screen(1280));
      const found: [number, boolean][] = [];
      for (const width of [1280, 860, 761, 760, 320]) {
        await page.setViewportSize({ width, height: 900 });
        found.push([width, await isShown(page, ".attribution tbody .narrow-only")]);
      }
      expect(found).toEqual([
        [1280, false],
        [860, false],
        [761, false],
        [760, true],
        [320, true],
      ]);
      await page.context().close();
    });

    test("the numbers of a company are whole on every screen", { timeout: 60_000 }, async () => {
      const { facts } = inbox;
      const [company] = (await facts.companies({ limit: 1 })).rows;
      if (company === undefined) throw new Error("There is no company");
      const rows = [
        { ...company, sessions: 1234, pages: 12_345, people: 128 },
        { ...company, key: "domain:b.example", pages: 30, people: 10, employeeCount: 1 },
      ];
      const own = await makeInbox([], {
        facts: changed(facts, { companies: async () => ({ rows, nextCursor: null, examinedTo: null }) }),
      });
      const ownServer = await serveInbox(own);
      const { page, context } = await openPage(browser, screen(1280));
      await page.goto(ownServer.origin + own.createLoginPath());
      await page.goto(`${ownServer.origin}/companies`);
      const cells = page.locator(".companies tbody td:nth-child(3)");
      for (const width of [1280, 1024, 900, 800, 320]) {
        await page.setViewportSize({ width, height: 900 });
        expect(await cells.allInnerTexts()).toEqual([
          expect.stringMatching(/12,345 pages ·\s+128 people/),
          expect.stringMatching(/30 pages ·\s+10 people/),
        ]);
        const cut = await cells.evaluateAll(
          (all) =>
            all
              .flatMap((cell) => [cell, ...cell.querySelectorAll("*")])
              .filter((element) => {
                const { display } = getComputedStyle(element);
                return display !== "inline" && element.scrollWidth > element.clientWidth;
              }).length,
        );
        expect.soft([width, cut]).toEqual([width, 0]);
        await takeScreenshot(page, `styles-companies-${width}`);
      }
      const table = await page.locator(".companies").textContent();
      expect(table).toContain("1 employee");
      expect(table).not.toContain("1 employees");
      await context.close();
      await ownServer.close();
    });

    test.each([320, 1280])("at %i px the ends of the chart's axis are in one line", async (width) => {
      const page = await open("/attribution", screen(width));
      const tops = await page
        .locator(".day-chart figcaption > span:not(.legend)")
        .evaluateAll((all) => all.map((end) => Math.round(end.getBoundingClientRect().top)));
      expect(tops).toHaveLength(2);
      expect(tops[0]).toBe(tops[1]);
      await page.context().close();
    });

    test("paths are written from left to right, whatever their letters", async () => {
      const page = await open(sessionPath("ses_arabic"), screen(1280));
      /** Returns whether the slash at the beginning of the path is left of the letter after it. */
      const ordered = (selector: string) =>
        page
          .locator(selector, { hasText: arabic })
          .first()
          .evaluate((element) => {
            const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
            let node = walker.nextNode();
            while (node !== null && node.textContent?.includes("/\u0645") !== true) node = walker.nextNode();
            if (node === null) throw new Error("There is no path");
            const range = document.createRange();
            const from = node.textContent?.indexOf("/\u0645") ?? 0;
            const leftOf = (at: number) => {
              range.setStart(node as Node, at);
              range.setEnd(node as Node, at + 1);
              return range.getBoundingClientRect().left;
            };
            return leftOf(from) < leftOf(from + 1);
          });
      expect(await ordered(".timeline-path")).toBe(true);
      expect(await ordered(".details dd")).toBe(true);
      await page.goto(`${server.origin}/?bots=all`);
      expect(await ordered(".sub.code")).toBe(true);
      await page.goto(`${server.origin}/attribution?by=landingPage&days=90`);
      expect(await ordered(".attribution tbody th")).toBe(true);
      const session = await inbox.facts.session("ses_arabic");
      const owner = session?.company;
      if (typeof owner === "string") {
        await page.goto(`${server.origin}/companies?key=${encodeURIComponent(owner)}`);
        expect(await ordered(".page-chip")).toBe(true);
      }
      await page.context().close();
    });

    test.each([794, 1123])("a page on paper of %i px has no controls", async (width) => {
      const page = await open("/?q=a", screen(width));
      await page.emulateMedia({ media: "print" });
      for (const selector of [".site-nav", ".header-end", ".filters", ".export-links", "button"])
        expect.soft([selector, await isShown(page, selector)]).toEqual([selector, false]);
      expect(await isShown(page, "table.visits")).toBe(true);
      const left = await page.locator("main").evaluate((main) => main.getBoundingClientRect().left);
      expect(left).toBeLessThan(40);
      await page.goto(`${server.origin}/attribution`);
      for (const selector of [".tabs", ".segments a:not([aria-current])", ".own-range button", ".actions"])
        expect.soft([selector, await isShown(page, selector)]).toEqual([selector, false]);
      expect(await isShown(page, ".segments a[aria-current]")).toBe(true);
      await takeScreenshot(page, `styles-print-${width}`, true);
      await page.context().close();
    });
  },
);
