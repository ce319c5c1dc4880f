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
import { personPath, companyPath, sessionPath } from "../src/paths.js";
import { type VisitInbox, visitScene } from "./visits.js";

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

    describe.each(looks)("in $name", ({ name, width, height, colorScheme }) => {
      test("every page is accessible and fits the screen", { timeout: 120_000 }, async () => {
        const { page, problems, requests, context } = await openPage(browser, {
          viewport: { width, height },
          colorScheme,
        });
        await signIn(page);
        for (const [title, path] of Object.entries(pages)) {
          await page.goto(server.origin + path);
          expect.soft(await overflow(page), `${title} is wider than the screen`).toBeLessThanOrEqual(0);
          await page.screenshot({
            path: join(screenshots, `visits-${title}-${name}.png`),
            fullPage: !["sessions", "people", "companies"].includes(title) || width > 400,
          });
          expect.soft(await violations(page), `${title}: axe`).toEqual([]);
        }
        await context.close();
        expect(requests.filter((url) => !url.startsWith(server.origin))).toEqual([]);
        expect(problems).toEqual([]);
      });
    });
  },
);
