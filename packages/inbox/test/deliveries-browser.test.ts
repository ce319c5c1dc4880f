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
import {
  type DeliveryInbox,
  deliveryScene,
  deliveryTo,
  failure,
  hostileName,
  makeDeliveryInbox,
} from "./deliveries.js";
import { makeEvent, start } from "./events.js";

const backend = { name: "backend", type: "http", target: "https://api.example.com" };

describe.skipIf(!hasChromium)(
  `deliveries in Chromium (skipped without ${chromiumPath}; set CHROMIUM_PATH)`,
  () => {
    let browser: Browser;
    let inbox: DeliveryInbox;
    let server: Awaited<ReturnType<typeof serveInbox>>;
    let pages: Readonly<Record<string, string>>;

    beforeAll(async () => {
      [browser, inbox] = await Promise.all([launch(), deliveryScene()]);
      server = await serveInbox(inbox);
      const hostile = encodeURIComponent(hostileName);
      pages = {
        destinations: "/destinations",
        deliveries: "/deliveries",
        "deliveries-dead": "/deliveries?state=dead",
        "deliveries-none": "/deliveries?state=dead&destination=archive",
        "deliveries-of-event": `/deliveries?event=evt_${"L0NG".repeat(63)}`,
        "delivery-dead": `/deliveries/${await deliveryTo(inbox, "backend", "dead")}`,
        "delivery-waiting": `/deliveries/${await deliveryTo(inbox, "warehouse", "waiting")}`,
        "delivery-skipped": `/deliveries/${await deliveryTo(inbox, "sales", "skipped")}`,
        "delivery-hostile": `/deliveries/${await deliveryTo(inbox, hostileName, "dead")}`,
        "delivery-not-found": "/deliveries/none",
        "replay-preview": "/destinations/backend/replay",
        "replay-preview-hostile": `/destinations/${hostile}/replay?kind=missing`,
        "replay-running": "/replays/rpl_1",
        discard: "/destinations/old-crm/discard",
        "event-with-deliveries": "/events/evt_01KHEWZ09CQB36JZ5F7D3Z0001",
      };
    });
    afterAll(async () => {
      await browser?.close();
      await server?.close();
    });

    const signIn = (page: Page) => page.goto(server.origin + inbox.createLoginPath());

    describe.each(looks)("in $name", ({ name, width, height, colorScheme, axe }) => {
      test("every page is accessible and fits the screen", { timeout: 120_000 }, async () => {
        const { page, problems, requests, context } = await openPage(browser, {
          viewport: { width, height },
          colorScheme,
        });
        await signIn(page);
        for (const [title, path] of Object.entries(pages)) {
          await page.goto(server.origin + path);
          expect.soft(await overflow(page), `${title} is wider than the screen`).toBeLessThanOrEqual(0);
          await takeScreenshot(page, `${title}-${name}`, title !== "deliveries");
          expect.soft(await violations(page, axe), `${title}: axe`).toEqual([]);
          expect.soft(await page.evaluate(() => "hacked" in window)).toBe(false);
        }
        await context.close();
        expect(requests.filter((url) => !url.startsWith(server.origin))).toEqual([]);
        expect(problems).toEqual([]);
      });

      test("without destinations it shows how to add one", async () => {
        const empty = await makeDeliveryInbox([]);
        const emptyServer = await serveInbox(empty);
        const { page, context } = await openPage(browser, { viewport: { width, height }, colorScheme });
        await page.goto(emptyServer.origin + empty.createLoginPath());
        await page.goto(`${emptyServer.origin}/destinations`);
        expect(await page.getByRole("main").innerText()).toContain("sessionhook.config.json");
        expect(await overflow(page)).toBeLessThanOrEqual(0);
        expect(await violations(page)).toEqual([]);
        await takeScreenshot(page, `no-destinations-${name}`, true);
        await context.close();
        await emptyServer.close();
      });
    });

    test.each([true, false])(
      "from a dead letter to its replay with the keyboard, JavaScript %s",
      { timeout: 60_000 },
      async (javaScriptEnabled) => {
        const events = Array.from({ length: 3 }, (_, i) =>
          makeEvent({ id: `evt_${i}`, receivedAt: start - 3_600_000 }),
        );
        const own = await makeDeliveryInbox([backend], events);
        await own.deliveries.route();
        await own.deliveries.attempt("backend", { outcome: failure("timeout"), next: { state: "dead" } });
        const ownServer = await serveInbox(own);
        const { page, problems, context } = await openPage(browser, { javaScriptEnabled });
        const press = async (role: "button" | "link", name: string | RegExp) => {
          await page.getByRole(role, { name }).first().focus();
          await page.keyboard.press("Enter");
        };
        await page.goto(ownServer.origin + own.createLoginPath());
        await press("link", "Deliveries");
        await page.getByLabel("Destination").selectOption("backend");
        await press("button", "Show");
        await press("link", /Dead letters 3/);
        await press("link", "evt_2");
        await page.getByText("No answer in time").first().waitFor();
        await press("button", "Retry");
        await page.getByText("The next attempt is due.").waitFor();
        await press("link", "backend");
        await page.getByRole("heading", { name: "Destinations" }).waitFor();
        await press("button", "Pause backend");
        await page.getByText("An operator paused it").waitFor();
        await press("button", "Send test backend");
        await page.getByRole("heading", { name: "The test was delivered" }).waitFor();
        await press("link", "Back to destinations");
        await press("button", "Resume backend");
        await page.getByText("It gets events as they arrive.").waitFor();
        await press("link", /Replay dead letters/);
        await press("button", "Replay 2 dead letters");
        await page.getByText("Running", { exact: true }).waitFor();
        await press("button", "Cancel this replay");
        await page.getByText("Cancelled", { exact: true }).waitFor();
        expect(problems).toEqual([]);
        await context.close();
        await ownServer.close();
      },
    );
  },
);
