import { readFileSync } from "node:fs";
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
import { adminToken, makeInbox } from "./events.js";
import { ids, sampleEvents } from "./sample-events.js";

const required = process.env.REQUIRE_BROWSER === "1";

const pages: Readonly<Record<string, string>> = {
  list: "/events",
  "list-older": "older",
  "list-no-match": "/events?status=conflict&q=evt_nothing",
  "event-accepted": `/events/${ids.accepted}`,
  "event-quarantined": `/events/${ids.quarantined}`,
  "event-conflict": `/events/${ids.conflict}?version=2`,
  "event-hostile": `/events/${ids.hostile}?tree=open`,
  "event-large": `/events/${ids.large}?tree=open`,
  "event-long-id": `/events/${ids.long}`,
  "event-text": `/events/${ids.text}`,
  "event-binary": `/events/${ids.binary}`,
  "not-found": "/events/evt_none",
  "no-page": "/nothing/here",
  login: "/login",
  "link-used": "/login/once?code=0",
};

test("a browser is installed if REQUIRE_BROWSER=1 requires one", () => {
  if (!hasChromium)
    console.info(`The inbox is not tried in a browser: there is no ${chromiumPath} (CHROMIUM_PATH)`);
  expect(hasChromium || !required, `there is no ${chromiumPath}`).toBe(true);
});

describe.skipIf(!hasChromium)(
  `the inbox in Chromium (skipped without ${chromiumPath}; set CHROMIUM_PATH)`,
  () => {
    let browser: Browser;
    let inbox: Awaited<ReturnType<typeof makeInbox>>;
    let server: Awaited<ReturnType<typeof serveInbox>>;

    beforeAll(async () => {
      [browser, inbox] = await Promise.all([launch(), makeInbox(sampleEvents)]);
      server = await serveInbox(inbox);
    });
    afterAll(async () => {
      await browser?.close();
      await server?.close();
    });

    const signIn = (page: Page) => page.goto(server.origin + inbox.createLoginPath());

    describe.each(looks)("in $name", ({ name, width, height, colorScheme, axe }) => {
      test(
        "every page is accessible, fits the screen, and sends no request to another origin",
        { timeout: 120_000 },
        async () => {
          const { page, problems, requests, context } = await openPage(browser, {
            viewport: { width, height },
            colorScheme,
          });
          for (const [title, path] of Object.entries(pages)) {
            if (title === "login") await context.clearCookies();
            else if (title === "list") await signIn(page);
            if (path === "older") {
              await page.goto(`${server.origin}/`);
              await page.getByRole("link", { name: "Older" }).click();
              await page.waitForLoadState();
            } else await page.goto(server.origin + path);
            expect.soft(await overflow(page), `${title} is wider than the screen`).toBeLessThanOrEqual(0);
            await takeScreenshot(page, `${title}-${name}`, !title.endsWith("large"));
            expect.soft(await violations(page, axe), `${title}: axe`).toEqual([]);
          }
          await context.close();
          expect(requests.filter((url) => !url.startsWith(server.origin))).toEqual([]);
          expect(problems).toEqual([]);
        },
      );

      test("an empty store shows the next step", async () => {
        const empty = await makeInbox();
        const emptyServer = await serveInbox(empty);
        const { page, context } = await openPage(browser, { viewport: { width, height }, colorScheme });
        await page.goto(emptyServer.origin + empty.createLoginPath());
        expect(await page.getByRole("main").innerText()).toContain("npm run sessionhook -- send");
        expect(await overflow(page)).toBeLessThanOrEqual(0);
        expect(await violations(page)).toEqual([]);
        await takeScreenshot(page, `empty-${name}`, true);
        await context.close();
        await emptyServer.close();
      });
    });

    test.each([true, false])("a visit from sign-in to sign-out, JavaScript %s", async (javaScriptEnabled) => {
      const { page, problems, context } = await openPage(browser, { javaScriptEnabled });
      // A click waits for the next page to begin, not for its last row.
      const rows = () => page.getByRole("row").count();
      const patience = { timeout: 30_000 };
      await page.goto(`${server.origin}/events/${ids.quarantined}`);
      expect(page.url()).toContain("/login?next=");
      await page.getByLabel("Admin token").fill("wrong");
      await page.keyboard.press("Enter");
      await page.getByRole("alert").waitFor();
      await page.getByLabel("Admin token").fill(adminToken);
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.waitForURL(`**/events/${ids.quarantined}`);
      await page.getByRole("link", { name: "data.session.screen.width" }).click();
      expect(await page.locator("li:target").innerText()).toContain('"1512"');

      await page.getByRole("link", { name: "All events" }).click();
      await expect.poll(rows, patience).toBe(51);
      await page.getByRole("link", { name: /^Older/ }).click();
      await page.getByRole("link", { name: ids.accepted }).waitFor();
      await page.getByRole("link", { name: /Newest/ }).click();
      await page.getByRole("link", { name: /^Conflict/ }).click();
      await expect.poll(rows, patience).toBe(2);
      await page.getByRole("link", { name: /^All \d/ }).click();
      await page.getByLabel("Message id").fill(` ${ids.conflict} `);
      await page.keyboard.press("Enter");
      await page.waitForURL("**/events?q=*");
      await expect.poll(rows, patience).toBe(3);
      await page.getByRole("row").last().getByRole("link").click();
      await page.getByRole("link", { name: "Version 2" }).click();
      expect(await page.getByRole("heading", { level: 1 }).innerText()).toContain("version 2");
      await page.getByRole("button", { name: "Sign out" }).click();
      await page.waitForURL("**/login");
      await page.goto(server.origin);
      expect(page.url()).toBe(`${server.origin}/login`);
      expect(problems).toEqual([]);
      await context.close();
    });

    test("the keyboard alone reaches the content and unfolds the tree", async () => {
      const { page, context } = await openPage(browser);
      await signIn(page);
      await page.goto(`${server.origin}/events/${ids.large}`);
      await page.keyboard.press("Tab");
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Skip to content");
      await page.keyboard.press("Enter");
      const focused = () => page.evaluate(() => document.activeElement?.textContent?.slice(0, 40) ?? "");
      for (let i = 0; i < 12 && !(await focused()).startsWith("items:"); i++)
        await page.keyboard.press("Tab");
      expect(await focused()).toMatch(/^items:.*2,000 items/);
      expect(await page.getByText("item 7", { exact: false }).first().isVisible()).toBe(false);
      await page.keyboard.press("Enter");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      expect(await page.getByText('"item 0"').isVisible()).toBe(true);
      const outline = await page.evaluate(
        () => getComputedStyle(document.activeElement as Element).outlineStyle,
      );
      expect(outline).toBe("solid");
      await context.close();
    });

    test("a hostile payload runs no script and sends no request", async () => {
      const { page, problems, requests, context } = await openPage(browser);
      await signIn(page);
      for (const path of [
        "/",
        `/events/${ids.hostile}?tree=open`,
        `/events/${ids.text}`,
        "/events?q=%3Cscript%3Ewindow.hacked=1%3C/script%3E",
      ]) {
        await page.goto(server.origin + path);
        expect(await page.evaluate(() => "hacked" in window)).toBe(false);
        expect(
          await page.locator("main script, main svg, main [onerror], main [onload], main img").count(),
        ).toBe(0);
        expect(await page.locator("main a:not([href^='/']):not([href^='#'])").count()).toBe(0);
      }
      expect(requests.filter((url) => !url.startsWith(server.origin))).toEqual([]);
      expect(problems).toEqual([]);
      await context.close();
    });

    test("the raw body is downloaded, byte for byte", async () => {
      const { page, context } = await openPage(browser);
      await signIn(page);
      await page.goto(`${server.origin}/events/${ids.text}`);
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("link", { name: "Download raw body" }).click(),
      ]);
      expect(download.suggestedFilename()).toBe(`${ids.text}.txt`);
      const stored = await inbox.store.get(ids.text);
      expect(new Uint8Array(readFileSync(await download.path()))).toEqual(new Uint8Array(stored?.raw ?? []));
      await context.close();
    });

    test("the signed headers are downloaded as a file for verify", async () => {
      const { page, context } = await openPage(browser);
      await signIn(page);
      await page.goto(`${server.origin}/events/${ids.accepted}`);
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("link", { name: "Download headers" }).click(),
      ]);
      expect(download.suggestedFilename()).toBe(`${ids.accepted}.headers.json`);
      const headers = JSON.parse(readFileSync(await download.path(), "utf8")) as Record<string, string>;
      expect(headers["webhook-id"]).toBe(ids.accepted);
      await context.close();
    });

    test("copy buttons copy by mouse and keyboard, and confirm it", async () => {
      const { page, problems, context } = await openPage(browser, {
        permissions: ["clipboard-read", "clipboard-write"],
      });
      const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
      await signIn(page);
      await page.goto(`${server.origin}/events/${ids.accepted}`);
      const id = page.getByRole("button", { name: "Copy message id" });
      await id.click();
      await expect.poll(() => page.getByRole("status").textContent()).toBe("Copied message id");
      expect(await clipboard()).toBe(ids.accepted);
      await expect.poll(() => id.textContent(), { timeout: 10_000 }).toBe("Copy message id");
      await page.getByRole("button", { name: "Copy raw body" }).focus();
      await page.keyboard.press("Enter");
      await expect.poll(() => page.getByRole("status").textContent()).toBe("Copied raw body");
      const stored = await inbox.store.get(ids.accepted);
      expect(await clipboard()).toBe(new TextDecoder().decode(stored?.raw));
      expect(problems).toEqual([]);
      await context.clearCookies();
      await page
        .getByRole("button", { name: "Copied" })
        .or(page.getByRole("button", { name: "Copy raw body" }))
        .click();
      await expect.poll(() => page.getByRole("status").textContent()).toBe("Copying failed");
      await context.close();
    });

    test("copy buttons are hidden where they cannot work: without a script, and on plain HTTP by name", async () => {
      const scriptless = await openPage(browser, { javaScriptEnabled: false });
      await signIn(scriptless.page);
      await scriptless.page.goto(`${server.origin}/events/${ids.accepted}`);
      expect(await scriptless.page.locator("button.copy").count()).toBe(2);
      expect(await scriptless.page.getByRole("button", { name: "Copy" }).count()).toBe(0);
      await scriptless.context.close();
      const insecure = await openPage(browser);
      await insecure.page.goto(`http://inbox.test:${server.port}${inbox.createLoginPath()}`);
      await insecure.page.goto(`http://inbox.test:${server.port}/events/${ids.accepted}`);
      expect(await insecure.page.getByRole("button", { name: "Copy" }).count()).toBe(0);
      expect(await insecure.page.locator("button.copy").count()).toBe(2);
      await insecure.context.close();
    });

    test("a link on another site leads a signed-in user to the page, and others to the sign-in page", async () => {
      const { page, problems, context } = await openPage(browser);
      const elsewhere = (to: string) =>
        page.goto(`http://localhost:${server.port}/elsewhere?${new URLSearchParams({ to }).toString()}`);
      await elsewhere(`${server.origin}/events/${ids.accepted}`);
      await page.getByRole("link", { name: "go" }).click();
      await page.waitForURL("**/login?next=*");
      await elsewhere(server.origin + inbox.createLoginPath());
      await page.getByRole("link", { name: "go" }).click();
      await page.getByRole("heading", { name: "Events" }).waitFor();
      await elsewhere(`${server.origin}/events/${ids.accepted}`);
      await page.getByRole("link", { name: "go" }).click();
      await page.getByRole("heading", { name: "identity.session.finalized" }).waitFor();
      expect(problems).toEqual([]);
      await context.close();
    });

    test("signing in and out works on plain HTTP by name, where browsers send no Sec-Fetch-Site", async () => {
      const { page, problems, context } = await openPage(browser);
      const posts: Promise<Record<string, string>>[] = [];
      page.on("request", (request) => {
        if (request.method() === "POST") posts.push(request.allHeaders());
      });
      await page.goto(`http://inbox.test:${server.port}/login`);
      await page.getByLabel("Admin token").fill(adminToken);
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.getByRole("heading", { name: "Events" }).waitFor();
      await page.getByRole("button", { name: "Sign out" }).click();
      await page.waitForURL("**/login");
      const sent = await Promise.all(posts);
      expect(sent.map((headers) => [headers["sec-fetch-site"], headers.origin])).toEqual([
        [undefined, `http://inbox.test:${server.port}`],
        [undefined, `http://inbox.test:${server.port}`],
      ]);
      expect(problems).toEqual([]);
      await context.close();
    });
  },
);
