// Renders every page of the inbox: npm run pictures. Seed and clock are fixed, so that the pictures differ only when the pages
// or the fonts of the machine do.
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { emptyPages, fullPages, type PageList } from "../test/page-list.ts";
import { makeScene, type Scene, sceneTime } from "../test/scene.ts";
import { serveApp } from "../test/serve.ts";
import { smallerPng } from "./smaller-png.ts";

const usage = `Usage: npm run pictures -- [--all <folder>]

Renders the pictures of the documentation into docs/images, and every page (light, dark, narrow; empty and with 5,000
sessions) into a folder, by default a new temporary one. CHROMIUM_PATH names the browser.
`;

const images = fileURLToPath(new URL("../../../docs/images", import.meta.url));
/** Larger files make the pages of the documentation slow. */
const maxBytes = 250_000;

const screen = { width: 1280, height: 800 };
const looks = {
  light: { viewport: screen, colorScheme: "light" },
  dark: { viewport: screen, colorScheme: "dark" },
  narrow: { viewport: { width: 360, height: 740 }, colorScheme: "light" },
} as const satisfies Record<string, BrowserContextOptions>;

/** The pictures of the documentation: page and look. */
const chosen: Readonly<Record<string, readonly [page: string, look: keyof typeof looks]>> = {
  sessions: ["sessions", "light"],
  "sessions-dark": ["sessions", "dark"],
  session: ["session", "light"],
  company: ["company", "light"],
  attribution: ["attribution", "light"],
  quarantine: ["quarantine", "light"],
};

const { values } = parseArgs({ options: { all: { type: "string" }, help: { type: "boolean" } } });
if (values.help === true) {
  process.stdout.write(usage);
  process.exit(0);
}
const all = values.all ?? mkdtempSync(join(tmpdir(), "sessionhook-pictures-"));
const browser = await chromium.launch({
  executablePath: process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--force-color-profile=srgb", "--font-render-hinting=none"],
});
try {
  const empty = await makeScene({ sessions: 0 });
  await render(browser, "empty", empty, emptyPages);
  const full = await makeScene({ sessions: 5000 });
  await render(browser, "full", full, await fullPages(full));
} finally {
  await browser.close();
}
process.stdout.write(`Pictures of the documentation: ${images}\nEvery page: ${all}\n`);

async function render(browser: Browser, name: string, scene: Scene, pages: PageList): Promise<void> {
  const server = await serveApp(scene.app);
  for (const [look, options] of Object.entries(looks)) {
    const folder = join(all, name, look);
    mkdirSync(folder, { recursive: true });
    const context = await browser.newContext({ ...options, locale: "en-GB", timezoneId: "Europe/Berlin" });
    const page = await context.newPage();
    await page.clock.setFixedTime(sceneTime);
    await page.goto(`${server.origin}/login`);
    await save(page, join(folder, "login.png"), true);
    await page.goto(server.origin + (await scene.app.createLoginPath()));
    for (const [title, path] of Object.entries(pages)) {
      await page.goto(server.origin + path);
      await save(page, join(folder, `${title}.png`), true);
      const wanted = Object.entries(chosen).filter(([, one]) => one[0] === title && one[1] === look);
      for (const [file] of name === "full" ? wanted : []) {
        const bytes = await save(page, join(images, `${file}.png`), false);
        if (bytes > maxBytes) throw new Error(`${file}.png has ${bytes} bytes, more than ${maxBytes}`);
      }
    }
    await context.close();
  }
  await server.close();
  await scene.close();
}

/** Saves a picture of the page, of all of it or of what fits the screen. Returns its size in bytes. */
async function save(page: Page, path: string, fullPage: boolean): Promise<number> {
  const png = smallerPng(await page.screenshot({ fullPage, animations: "disabled", caret: "hide" }));
  writeFileSync(path, png);
  return png.length;
}
