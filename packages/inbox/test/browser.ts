import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import type { Inbox } from "../src/index.js";

export const chromiumPath = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";
export const hasChromium = existsSync(chromiumPath);
const screenshots = process.env.SCREENSHOTS;

/** Every name but an address leads to this machine: a plain-HTTP site that browsers do not trust. */
export const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath: chromiumPath,
    args: ["--no-sandbox", "--host-resolver-rules=MAP *.test 127.0.0.1"],
  });

/** Serves an inbox as the receiver does: beside other routes, and with the receiver's 404. */
export async function serveInbox(
  inbox: Inbox,
): Promise<{ origin: string; port: number; close: () => Promise<void> }> {
  const app = new Hono();
  app.get("/elsewhere", (c) => c.html(`<a href="${c.req.query("to") ?? ""}">go</a>`));
  app.route("/", inbox.app);
  app.notFound((c) => c.text("the receiver's own 404", 404));
  const server = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" });
  await new Promise<void>((resolve) => {
    if (server.listening) resolve();
    else server.once("listening", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** A page that notes every request to another origin, every console error and every uncaught error. */
export async function openPage(browser: Browser, options: BrowserContextOptions = {}) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const problems: string[] = [];
  const requests: string[] = [];
  page.on("request", (request) => requests.push(request.url()));
  page.on("console", (message) => {
    // A page that answers 401, 404 and the like is logged as a failed load; that is the point of it.
    const expected = message
      .text()
      .startsWith("Failed to load resource: the server responded with a status of 4");
    if (["error", "warning"].includes(message.type()) && !expected) problems.push(message.text());
  });
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("dialog", (dialog) => problems.push(`dialog: ${dialog.message()}`));
  return { context, page, problems, requests };
}

/** Returns by how many pixels the page is wider than the screen. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** Writes a picture of the page for a person to look at into the folder that SCREENSHOTS names, if it is set. */
export async function takeScreenshot(page: Page, name: string, fullPage = false): Promise<void> {
  if (screenshots !== undefined) await page.screenshot({ path: join(screenshots, `${name}.png`), fullPage });
}

/** The rules of axe that a screen is checked by: all, those about colours, the others, or none. */
export type AxeRules = "all" | "colours" | "layout" | "none";

/**
 * Screens that every page is tried on. axe, which takes longest, checks on each one what others do not show; apps/demo has it
 * check everything on a narrow dark screen.
 */
export const looks = [
  { name: "light", width: 1280, height: 900, colorScheme: "light", axe: "all" },
  { name: "dark", width: 1280, height: 900, colorScheme: "dark", axe: "colours" },
  { name: "dark-360", width: 360, height: 740, colorScheme: "dark", axe: "layout" },
  { name: "light-320", width: 320, height: 640, colorScheme: "light", axe: "none" },
] as const;

const colours = ["color-contrast", "link-in-text-block"];
const rulesOf = {
  all: {},
  colours: { runOnly: colours },
  layout: { rules: Object.fromEntries(colours.map((rule) => [rule, { enabled: false }])) },
};
const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Returns the violations that axe finds, with the elements. Runs in the page's world, where the policy does not apply. */
export async function violations(page: Page, rules: AxeRules = "all"): Promise<string[]> {
  if (rules === "none") return [];
  await page.evaluate(axeSource);
  return page.evaluate(async (options) => {
    type Axe = { run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    const { violations } = await (window as unknown as { axe: Axe }).axe.run({
      ...options,
      resultTypes: ["violations"],
    });
    return violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 120)).join(" | ")}`,
    );
  }, rulesOf[rules]);
}
