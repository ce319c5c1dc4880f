import { readFile } from "node:fs/promises";
import type { Browser } from "playwright-core";
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
import { email, makePrivacyInbox } from "./privacy.js";

describe.skipIf(!hasChromium)(
  `personal data in Chromium (skipped without ${chromiumPath}; set CHROMIUM_PATH)`,
  () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await launch();
    });
    afterAll(async () => {
      await browser?.close();
    });

    test.each(looks)(
      "is found and erased in $name, accessibly",
      async ({ name, width, height, colorScheme, axe }) => {
        const inbox = await makePrivacyInbox();
        const server = await serveInbox(inbox);
        const { page, problems, context } = await openPage(browser, {
          viewport: { width, height },
          colorScheme,
        });
        const check = async (title: string) => {
          expect.soft(await overflow(page), `${title} is wider than the screen`).toBeLessThanOrEqual(0);
          expect.soft(await violations(page, axe), `${title}: axe`).toEqual([]);
          await takeScreenshot(page, `privacy-${title}-${name}`, true);
        };
        await page.goto(server.origin + inbox.createLoginPath());
        await page.goto(`${server.origin}/privacy`);
        await check("empty");
        await page.getByLabel("Value").fill(email);
        await page.getByRole("button", { name: "Find" }).click();
        await page.getByRole("heading", { name: "Stored about this person" }).waitFor();
        await check("found");
        await page.getByLabel("to confirm").fill("erase");
        await page.getByRole("button", { name: "Erase 31 events" }).click();
        await page.getByRole("heading", { name: "Erased" }).waitFor();
        await check("erased");
        expect(problems).toEqual([]);
        expect(await inbox.store.stats()).toMatchObject({ accepted: 1, quarantined: 0 });
        await context.close();
        await server.close();
      },
    );

    test.each([true, false])("is downloaded, JavaScript %s", async (javaScriptEnabled) => {
      const inbox = await makePrivacyInbox(2);
      const server = await serveInbox(inbox);
      const { page, problems, context } = await openPage(browser, { javaScriptEnabled });
      await page.goto(server.origin + inbox.createLoginPath());
      await page.goto(`${server.origin}/privacy`);
      await page.getByLabel("Find a person by").selectOption("Visitor id");
      await page.getByLabel("Value").fill("vis_jane");
      await page.getByRole("button", { name: "Find" }).click();
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("button", { name: "Download as NDJSON" }).click(),
      ]);
      expect(download.suggestedFilename()).toMatch(/^personal-data-\d{4}-\d\d-\d\d\.ndjson$/);
      const text = await readFile(await download.path(), "utf8");
      expect(text.split("\n").filter((line) => line.includes('"kind":"event"'))).toHaveLength(2);
      expect(problems).toEqual([]);
      await context.close();
      await server.close();
    });
  },
);
