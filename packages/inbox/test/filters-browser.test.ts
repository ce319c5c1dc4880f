import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chromiumPath, hasChromium, launch, openPage, serveInbox, takeScreenshot } from "./browser.js";
import { type VisitInbox, visitScene } from "./visits.js";

describe.skipIf(!hasChromium)(
  `filters in Chromium (skipped without ${chromiumPath}; set CHROMIUM_PATH)`,
  () => {
    let browser: Browser;
    let inbox: VisitInbox;
    let server: Awaited<ReturnType<typeof serveInbox>>;

    beforeAll(async () => {
      [browser, inbox] = await Promise.all([launch(), visitScene(60)]);
      server = await serveInbox(inbox);
    });
    afterAll(async () => {
      await browser?.close();
      await server?.close();
    });

    /** Opens a page of the inbox on a screen. */
    async function open(path: string, options: Parameters<typeof openPage>[1] = {}): Promise<Page> {
      const { page } = await openPage(browser, options);
      await page.goto(server.origin + inbox.createLoginPath());
      await page.goto(server.origin + path);
      return page;
    }

    test.each([
      { path: "/", field: "time", value: "7d", button: "Search" },
      { path: "/people", field: "to", value: "2026-02-28", button: "Search" },
      { path: "/companies?size=1-10", field: "size", value: "", button: "Search" },
      { path: "/attribution", field: "from", value: "2026-02-01", button: "Show" },
      { path: "/deliveries", field: "destination", value: "crm", button: "Show" },
      { path: "/events", field: "q", value: "evt_", button: "Search" },
    ])(
      "the filters of $path match its list after a change and the back button",
      async ({ path, field, value, button }) => {
        const page = await open(path);
        const control = page.locator(`main [name="${field}"]`);
        const before = await control.inputValue();
        const from = page.url();
        if ((await control.evaluate((element) => element.tagName)) === "SELECT")
          await control.selectOption(value);
        else await control.fill(value);
        await page.getByRole("button", { name: button, exact: true }).click();
        await page.waitForURL((url) => url.href !== from);
        await page.goBack();
        await page.waitForURL(from);
        await page.waitForLoadState();
        expect(await control.inputValue()).toBe(before);
        await page.context().close();
      },
    );

    test("a choice made with a pointer applies at once, one made with the keyboard with the button", async () => {
      const page = await open("/people");
      const country = page.getByLabel("Country");
      await country.focus();
      await page.keyboard.press("ArrowDown");
      expect(await country.inputValue()).not.toBe("");
      await page.waitForTimeout(300);
      expect(new URL(page.url()).search).toBe("");
      await country.dispatchEvent("pointerdown");
      await country.selectOption("US");
      await page.waitForURL(/\/people\?country=US$/);
      expect(await page.getByRole("link", { name: "CSV" }).getAttribute("href")).toBe(
        "/people.csv?country=US",
      );
      await page.context().close();
    });

    test.each([320, 521, 760, 1280])(
      "at %i px every filter and what is chosen in it are on the screen",
      async (width) => {
        const page = await open("/?from=2026-02-23&to=2026-02-28", { viewport: { width, height: 800 } });
        const outside = await page.locator(".filter-choices").evaluate((choices) =>
          [...choices.querySelectorAll("select, input")]
            .filter((control) => {
              const { left, right } = control.getBoundingClientRect();
              const frame = (control.closest(".filter-days") ?? choices).getBoundingClientRect();
              return left < frame.left || right > frame.right || right > innerWidth;
            })
            .map((control) => control.getAttribute("name")),
        );
        expect(outside).toEqual([]);
        expect(await page.locator(".filter-choices :is(select, input)").count()).toBe(9);
        await takeScreenshot(page, `filters-${width}`);
        await page.context().close();
      },
    );

    test.each([320, 760])("at %i px the navigation fades where it continues", async (width) => {
      const page = await open("/status", { viewport: { width, height: 800 } });
      const nav = page.locator(".site-nav");
      const [mask, end] = await nav.evaluate((element) => {
        element.scrollLeft = element.scrollWidth;
        const { right } = element.lastElementChild?.getBoundingClientRect() ?? { right: 0 };
        return [getComputedStyle(element).maskImage, innerWidth - right];
      });
      expect(mask).toContain("calc(100% - 40px)");
      expect(end).toBeGreaterThan(36);
      await nav.getByRole("link", { name: "Events" }).focus();
      expect(await nav.evaluate((element) => getComputedStyle(element).maskImage)).toBe("none");
      await page.context().close();
    });
  },
);
