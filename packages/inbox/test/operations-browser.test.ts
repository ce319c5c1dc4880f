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
import { failure } from "./deliveries.js";
import { start } from "./events.js";
import {
  hostileEvents,
  makeOperatedInbox,
  type OperatedInbox,
  quarantinedEvents,
  simulatedDays,
} from "./operations.js";

const events = [...simulatedDays(90, 24), ...quarantinedEvents(260, 40)];

const pages: Readonly<Record<string, string>> = {
  attribution: "/attribution",
  "attribution-landing-page": "/attribution?by=landingPage&model=first&days=90",
  "attribution-country": "/attribution?by=country&days=7",
  "attribution-one-day": "/attribution?from=2026-02-27&to=2026-02-27",
  "attribution-no-session": "/attribution?from=1999-01-01&to=1999-02-01",
  quarantine: "/quarantine",
  "quarantine-recheck": "/quarantine/recheck?path=data.enrichment.companies%5B%5D.employeeCount",
  "quarantine-recheck-nothing": "/quarantine/recheck?path=nowhere",
  status: "/status",
  help: "/help",
};

async function scene(): Promise<OperatedInbox> {
  const inbox = await makeOperatedInbox(events);
  const { deliveries } = inbox;
  await deliveries.attempt("crm", { outcome: failure("timeout"), next: { state: "dead" } }, 3);
  await deliveries.attempt("crm", { outcome: { outcome: "delivered" }, next: { state: "delivered" } }, 2000);
  await deliveries.attempt(
    "sales",
    { outcome: { outcome: "delivered" }, next: { state: "delivered" } },
    2500,
  );
  await deliveries.setState("archive", {
    status: "cooling",
    since: start - 60_000,
    reason: { code: "disk_full" },
    probeAt: start + 29_000,
  });
  return inbox;
}

describe.skipIf(!hasChromium)(
  `attribution, quarantine and status in Chromium (skipped without ${chromiumPath}; set CHROMIUM_PATH)`,
  () => {
    let browser: Browser;
    let inbox: OperatedInbox;
    let server: Awaited<ReturnType<typeof serveInbox>>;

    beforeAll(async () => {
      [browser, inbox] = await Promise.all([launch(), scene()]);
      server = await serveInbox(inbox);
    }, 60_000);
    afterAll(async () => {
      await browser?.close();
      await server?.close();
    });

    const signIn = (page: Page) => page.goto(server.origin + inbox.createLoginPath());

    describe.each(looks)("in $name", ({ name, width, height, colorScheme, axe }) => {
      test(
        "every page is accessible and fits the screen, full, empty and hostile",
        { timeout: 120_000 },
        async () => {
          const { page, problems, requests, context } = await openPage(browser, {
            viewport: { width, height },
            colorScheme,
          });
          const look = async (title: string, address: string) => {
            await page.goto(address);
            expect.soft(await overflow(page), `${title} is wider than the screen`).toBeLessThanOrEqual(0);
            await takeScreenshot(page, `${title}-${name}`, true);
            expect.soft(await violations(page, axe), `${title}: axe`).toEqual([]);
            expect.soft(await page.evaluate(() => "hacked" in window)).toBe(false);
          };
          await signIn(page);
          for (const [title, path] of Object.entries(pages)) await look(title, server.origin + path);
          await page.keyboard.press("?");
          await page.getByRole("dialog").waitFor();
          await takeScreenshot(page, `help-dialog-${name}`);
          expect.soft(await violations(page, axe), "dialog: axe").toEqual([]);
          for (const [kind, own] of [
            ["empty", await makeOperatedInbox([], { system: {} })],
            ["hostile", await makeOperatedInbox(hostileEvents())],
          ] as const) {
            const ownServer = await serveInbox(own);
            await page.goto(ownServer.origin + own.createLoginPath());
            for (const path of ["attribution", "quarantine", "status", "quarantine/recheck"])
              await look(`${kind}-${path.replace("/", "-")}`, `${ownServer.origin}/${path}`);
            await ownServer.close();
          }
          await context.close();
          expect(requests.filter((url) => !url.startsWith("http://127.0.0.1:"))).toEqual([]);
          expect(problems).toEqual([]);
        },
      );
    });

    test.each(["/", "/people", "/companies", "/events", "/deliveries", "/attribution", "/quarantine"])(
      "the keyboard moves through the rows of %s and opens one",
      async (path) => {
        const { page, problems, context } = await openPage(browser);
        await signIn(page);
        await page.goto(server.origin + path);
        const links = await page.evaluate(() =>
          [...document.querySelectorAll("main tbody tr, main [data-rows] > *")].flatMap((row) => {
            const link = row.querySelector("a[data-open]") ?? row.querySelector("a[href]");
            return link === null ? [] : [(link as HTMLAnchorElement).href];
          }),
        );
        const current = () => page.evaluate(() => (document.activeElement as HTMLAnchorElement).href);
        expect(links.length).toBeGreaterThan(2);
        await page.keyboard.press("j");
        expect(await current()).toBe(links[0]);
        await page.keyboard.press("j");
        await page.keyboard.press("j");
        expect(await current()).toBe(links[2]);
        await page.keyboard.press("k");
        await page.keyboard.press("k");
        await page.keyboard.press("k");
        expect(await current()).toBe(links[0]);
        await page.keyboard.press("Enter");
        await page.waitForURL((url) => url.href === links[0]);
        expect(problems).toEqual([]);
        await context.close();
      },
    );

    test("the keyboard searches, reloads, goes to pages and shows the help", async () => {
      const { page, problems, context, requests } = await openPage(browser);
      await signIn(page);
      await page.goto(`${server.origin}/events`);
      await page.keyboard.press("/");
      expect(await page.evaluate(() => document.activeElement?.id)).toBe("q");
      await page.keyboard.press("Escape");
      expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("BODY");
      const loads = () => requests.filter((url) => url === `${server.origin}/events`).length;
      const before = loads();
      await Promise.all([page.waitForEvent("load"), page.keyboard.press("r")]);
      expect(loads()).toBe(before + 1);
      await page.keyboard.press("g");
      await page.keyboard.press("t");
      await page.waitForURL("**/status");
      await page.keyboard.press("g");
      await page.keyboard.press("a");
      await page.waitForURL("**/attribution");
      await page.keyboard.press("?");
      const dialog = page.getByRole("dialog", { name: "Keyboard shortcuts" });
      await dialog.waitFor();
      expect(await dialog.evaluate((shown) => shown.scrollHeight > shown.clientHeight)).toBe(true);
      expect(await dialog.evaluate((shown) => shown.scrollTop)).toBe(0);
      const { bottom, end } = await dialog.evaluate((shown) => ({
        bottom: document.activeElement?.getBoundingClientRect().bottom ?? Infinity,
        end: shown.getBoundingClientRect().bottom,
      }));
      expect(bottom).toBeLessThan(end);
      await page.keyboard.press("g");
      await page.keyboard.press("t");
      await page.keyboard.press("Escape");
      expect(await page.getByRole("dialog").count()).toBe(0);
      expect(page.url()).toBe(`${server.origin}/attribution`);
      await page.getByRole("link", { name: "Shortcuts" }).click();
      await page.getByLabel("Use shortcuts of single keys").uncheck();
      await page.getByRole("button", { name: "Close" }).click();
      await page.keyboard.press("j");
      expect(await page.evaluate(() => document.activeElement?.closest("tbody"))).toBe(null);
      await page.reload();
      await page.keyboard.press("?");
      expect(await page.getByRole("dialog").count()).toBe(0);
      expect(problems).toEqual([]);
      await context.close();
    });

    test("the keyboard leaves keys alone while a user types, and with modifiers", async () => {
      const { page, problems, context } = await openPage(browser);
      await signIn(page);
      await page.goto(`${server.origin}/events`);
      await page.getByLabel("Message id").focus();
      await page.keyboard.type("jk/r?gt");
      expect(await page.getByLabel("Message id").inputValue()).toBe("jk/r?gt");
      expect(page.url()).toBe(`${server.origin}/events`);
      await page.keyboard.press("Escape");
      for (const modifier of ["Control", "Alt", "Meta"]) {
        await page.evaluate((name) => {
          const keys = { Control: "ctrlKey", Alt: "altKey", Meta: "metaKey" } as const;
          for (const key of ["j", "?", "/"])
            document.body.dispatchEvent(
              new KeyboardEvent("keydown", { key, bubbles: true, [keys[name as keyof typeof keys]]: true }),
            );
        }, modifier);
        expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("BODY");
        expect(await page.getByRole("dialog").count()).toBe(0);
      }
      expect(problems).toEqual([]);
      await context.close();
    });

    test("times are in the time zone of the browser, and in UTC without JavaScript", async () => {
      const timesIn = async (options: { timezoneId: string; javaScriptEnabled?: boolean }) => {
        const { page, problems, context } = await openPage(browser, options);
        await signIn(page);
        await page.goto(`${server.origin}/quarantine`);
        const time = page.locator("main time").first();
        const shown = [await time.textContent(), await page.locator(".footnote").textContent()];
        expect(problems).toEqual([]);
        const title = await time.getAttribute("title");
        await context.close();
        return [...shown, title];
      };
      const utc = ["2026-03-01 11:58:30 UTC", "Times are UTC.", null];
      expect(await timesIn({ timezoneId: "Asia/Kolkata", javaScriptEnabled: false })).toEqual(utc);
      expect(await timesIn({ timezoneId: "UTC" })).toEqual(utc);
      expect(await timesIn({ timezoneId: "Asia/Kolkata" })).toEqual([
        "2026-03-01 17:28:30 UTC+5:30",
        "Times are in your time zone, Asia/Calcutta.",
        "2026-03-01 17:28:30 UTC+5:30, 2026-03-01 11:58:30 UTC",
      ]);
      expect(await timesIn({ timezoneId: "America/Los_Angeles" })).toEqual([
        "2026-03-01 03:58:30 UTC−8",
        "Times are in your time zone, America/Los_Angeles.",
        "2026-03-01 03:58:30 UTC−8, 2026-03-01 11:58:30 UTC",
      ]);
    });

    test("times that arrive later are local too, and short ones have no zone", async () => {
      const { page, context } = await openPage(browser, { timezoneId: "Europe/Lisbon" });
      await signIn(page);
      await page.goto(`${server.origin}/status`);
      await page.evaluate(() => {
        const part = document.createElement("div");
        part.id = "late";
        const time = (form: string, text: string) => {
          const element = document.createElement("time");
          element.dateTime = "2025-07-01T23:30:00.000Z";
          element.dataset["form"] = form;
          element.textContent = text;
          part.append(element, " | ");
        };
        time("short", "1 Jul 2025, 23:30");
        time("short", "1 Jul, 23:30");
        time("clock", "23:30:00");
        time("relative", "3 min ago");
        document.querySelector("main")?.append(part);
      });
      await expect
        .poll(() => page.locator("#late").textContent())
        .toBe("2 Jul 2025, 00:30 | 2 Jul, 00:30 | 00:30:00 | 3 min ago | ");
      await context.close();
    });

    test.each([true, false])(
      "from quarantine to accepted events, JavaScript %s",
      async (javaScriptEnabled) => {
        const own = await makeOperatedInbox(quarantinedEvents(9, 3));
        const ownServer = await serveInbox(own);
        const { page, problems, context } = await openPage(browser, { javaScriptEnabled });
        await page.goto(ownServer.origin + own.createLoginPath());
        await page.getByRole("link", { name: "Quarantine" }).click();
        await page.getByRole("link", { name: /^Recheck… events with an issue at data\.enrichment/ }).click();
        await page.getByRole("heading", { name: "9 events would be accepted" }).waitFor();
        expect(await own.store.stats()).toMatchObject({ accepted: 0 });
        await page.getByRole("button", { name: "Recheck 9 events" }).click();
        await page.getByRole("heading", { name: "9 events accepted" }).waitFor();
        await page.getByRole("link", { name: "Back to quarantine" }).click();
        await page.getByText("3 events with issues at 1 path").waitFor();
        expect(await own.store.stats()).toMatchObject({ accepted: 9, quarantined: 3 });
        await page.goto(`${ownServer.origin}/events?status=accepted`);
        await page.getByRole("row").nth(1).getByRole("link").click();
        await page.getByText("Send again…").click();
        await page.getByLabel(/^sales/).uncheck();
        await page.getByRole("button", { name: "Send", exact: true }).click();
        await page.getByRole("heading", { name: "Replay to crm, archive" }).waitFor();
        expect(problems).toEqual([]);
        await context.close();
        await ownServer.close();
      },
    );

    test("a value of attribution leads to its sessions, and the file is downloaded", async () => {
      const { page, problems, context } = await openPage(browser);
      await signIn(page);
      await page.goto(`${server.origin}/attribution`);
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("link", { name: "Download CSV" }).click(),
      ]);
      expect(download.suggestedFilename()).toBe("attribution-2026-03-01.csv");
      await page.getByRole("link", { name: "First touch" }).click();
      await page.getByRole("link", { name: "Landing page" }).click();
      await page.getByLabel("From").fill("2026-02-01");
      await page.getByRole("button", { name: "Show" }).click();
      await page.waitForURL("**from=2026-02-01**");
      expect(await page.getByRole("link", { name: "First touch" }).getAttribute("aria-current")).toBe("true");
      const row = page.getByRole("row").nth(1);
      const count = Number(((await row.locator(".amount").textContent()) ?? "").replace(/\D/g, ""));
      await row.getByRole("link").click();
      await page.getByRole("heading", { name: "Sessions" }).waitFor();
      expect(await page.locator("table.sessions tbody tr").count()).toBe(Math.min(50, count));
      expect(problems).toEqual([]);
      await context.close();
    });
  },
);
