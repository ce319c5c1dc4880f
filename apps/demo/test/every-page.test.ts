import type { Browser, BrowserContextOptions } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  chromiumPath,
  hasChromium,
  launch,
  openPage,
  overflow,
  violations,
} from "../../../packages/inbox/test/browser.js";
import { emptyPages, fullPages, type PageList } from "./page-list.js";
import { makeScene, type Scene } from "./scene.js";
import { serveApp } from "./serve.js";

interface Look extends BrowserContextOptions {
  readonly name: string;
  /** axe, which takes longest, depends on colours and layout only: one look of each is enough beside the tests of the inbox. */
  readonly axe: boolean;
}

const looks: readonly Look[] = [
  { name: "light", viewport: { width: 1280, height: 900 }, axe: true },
  { name: "dark", viewport: { width: 1280, height: 900 }, colorScheme: "dark", axe: false },
  { name: "360 pixels, light", viewport: { width: 360, height: 740 }, axe: false },
  { name: "320 pixels, dark", viewport: { width: 320, height: 640 }, colorScheme: "dark", axe: true },
  // Zoom halves the pixels of CSS that fit the window.
  { name: "200 % zoom", viewport: { width: 640, height: 450 }, deviceScaleFactor: 2, axe: false },
  { name: "no JavaScript", viewport: { width: 1280, height: 900 }, javaScriptEnabled: false, axe: false },
];

describe.skipIf(!hasChromium).each([
  { store: "an empty store", sessions: 0 },
  { store: "1,500 sessions", sessions: 1500 },
])(
  `every page with $store in Chromium (skipped without ${chromiumPath}; set CHROMIUM_PATH)`,
  ({ sessions }) => {
    let browser: Browser;
    let scene: Scene;
    let server: Awaited<ReturnType<typeof serveApp>>;
    let pages: PageList;

    beforeAll(async () => {
      [browser, scene] = await Promise.all([launch(), makeScene({ sessions })]);
      server = await serveApp(scene.app);
      pages = sessions === 0 ? emptyPages : await fullPages(scene);
    });
    afterAll(async () => {
      await browser?.close();
      await server?.close();
      await scene?.close();
    });

    test.each(looks)(
      "fits, runs without an error and is accessible: $name",
      { timeout: 240_000 },
      async (look) => {
        const { name, axe, ...options } = look;
        const { page, problems, requests, context } = await openPage(browser, options);
        await page.goto(`${server.origin}/login`);
        expect.soft(await page.getByLabel("Admin token").count(), "sign-in").toBe(1);
        if (axe) expect.soft(await violations(page), "sign-in: axe").toEqual([]);
        await page.goto(server.origin + (await scene.app.createLoginPath()));
        for (const [title, path] of Object.entries(pages)) {
          const answer = await page.goto(server.origin + path);
          expect.soft(answer?.status(), title).toBe(title === "not-found" ? 404 : 200);
          expect.soft(await page.locator("h1").count(), `${title}: headings`).toBe(1);
          if (options.javaScriptEnabled === false) continue;
          expect.soft(await overflow(page), `${title} is wider than the screen`).toBeLessThanOrEqual(0);
          if (axe) expect.soft(await violations(page), `${title}: axe`).toEqual([]);
        }
        await context.close();
        expect(
          requests.filter((url) => !url.startsWith(server.origin)),
          name,
        ).toEqual([]);
        expect(problems).toEqual([]);
      },
    );
  },
);
