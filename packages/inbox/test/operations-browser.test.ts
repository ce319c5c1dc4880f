import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  chromiumPath,
  hasChromium,
  launch,
  looks,
  openPage,
  overflow,
  screenshots,
  serveInbox,
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

    describe.each(looks)("in $name", ({ name, width, height, colorScheme }) => {
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
            await page.screenshot({ path: join(screenshots, `${title}-${name}.png`), fullPage: true });
            expect.soft(await violations(page), `${title}: axe`).toEqual([]);
            expect.soft(await page.evaluate(() => "hacked" in window)).toBe(false);
          };
          await signIn(page);
          for (const [title, path] of Object.entries(pages)) await look(title, server.origin + path);
          await page.keyboard.press("?");
          await page.getByRole("dialog").waitFor();
          await page.screenshot({ path: join(screenshots, `help-dialog-${name}.png`) });
          expect.soft(await violations(page), "dialog: axe").toEqual([]);
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
  },
);
