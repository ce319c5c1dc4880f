import type { RandomFill } from "@sessionhook/core";
import type { Context } from "hono";
import { deleteCookie, setSignedCookie } from "hono/cookie";
import { parse } from "hono/utils/cookie";
import type { Clock } from "../clock.js";
import { outside } from "../link-prefix.js";
import { hexadecimal } from "./hexadecimal.js";

const lifetimeSeconds = 7 * 24 * 60 * 60;
/** The form of a cookie: `v2:<expiry in Unix milliseconds>:<id>.<signature>`. */
const form = /^(v2:(\d{1,15}):([0-9a-f]{32}))\.([A-Za-z0-9+/]{43}=)$/;
/** Maximum number of ended sessions in memory. */
const maxEnded = 10_000;

/** Values derived from the admin token: a new token ends every session. */
interface Keys {
  /**
   * Browsers send the cookies of all inboxes on a host to each of them, on any port. Therefore the name depends on the
   * token.
   */
  readonly cookieName: string;
  readonly signing: ArrayBuffer;
}

/**
 * Sessions of signed-in users: a signed cookie `v2:<expiry in Unix milliseconds>:<id>`. The server has the ids of ended
 * sessions in memory.
 */
export class Sessions {
  readonly #adminToken: () => string;
  readonly #now: Clock;
  readonly #random: RandomFill;
  readonly #endedUntil = new Map<string, number>();

  constructor(adminToken: () => string, now: Clock, random: RandomFill) {
    this.#adminToken = adminToken;
    this.#now = now;
    this.#random = random;
  }

  /** Returns whether any cookie of the request belongs to a session that has not ended. */
  async isSignedIn(c: Context): Promise<boolean> {
    return (await this.#sessionsOf(c)).length > 0;
  }

  /** Signs the browser in for seven days. */
  async start(c: Context): Promise<void> {
    const { cookieName, signing } = await this.#keys();
    const end = this.#now() + lifetimeSeconds * 1000;
    const id = hexadecimal(this.#random(new Uint8Array(16)));
    await setSignedCookie(c, cookieName, `v2:${end}:${id}`, signing, {
      ...cookieAttributes(c),
      maxAge: lifetimeSeconds,
    });
  }

  /** Ends the sessions of the request and deletes the cookie in the browser. */
  async end(c: Context): Promise<void> {
    for (const { id, end } of await this.#sessionsOf(c)) this.#remember(id, end);
    deleteCookie(c, (await this.#keys()).cookieName, cookieAttributes(c));
  }

  async #sessionsOf(c: Context): Promise<{ id: string; end: number }[]> {
    const { cookieName, signing } = await this.#keys();
    const hmac = { name: "HMAC", hash: "SHA-256" };
    const key = await crypto.subtle.importKey("raw", signing, hmac, false, ["verify"]);
    // Another subdomain can set any number of our name: 16 KiB of headers hold 130 of this form.
    const found = (c.req.header("cookie") ?? "").split(";").map(async (pair) => {
      const match = form.exec(parse(pair, cookieName)[cookieName] ?? "");
      const [, value = "", end = "", id = "", signature = ""] = match ?? [];
      if (match === null || Number(end) <= this.#now() || this.#endedUntil.has(id)) return [];
      const bytes = Uint8Array.from(atob(signature), (char) => char.charCodeAt(0));
      const valid = await crypto.subtle.verify("HMAC", key, bytes, new TextEncoder().encode(value));
      return valid ? [{ id, end: Number(end) }] : [];
    });
    return (await Promise.all(found)).flat();
  }

  /** Records an ended session until its expiry. */
  #remember(id: string, end: number): void {
    for (const [ended, until] of this.#endedUntil) if (until <= this.#now()) this.#endedUntil.delete(ended);
    const oldest = this.#endedUntil.keys().next();
    if (this.#endedUntil.size >= maxEnded && oldest.done !== true) this.#endedUntil.delete(oldest.value);
    this.#endedUntil.set(id, end);
  }

  // Derived again for each request: on some runtimes one request must not wait for another's promise.
  async #keys(): Promise<Keys> {
    const encoder = new TextEncoder();
    const token = await crypto.subtle.importKey("raw", encoder.encode(this.#adminToken()), "HKDF", false, [
      "deriveBits",
    ]);
    const info = encoder.encode("sessionhook inbox session v2");
    const hkdf = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info };
    const bits = await crypto.subtle.deriveBits(hkdf, token, 288);
    return {
      cookieName: `sessionhook_session_${hexadecimal(new Uint8Array(bits, 32))}`,
      signing: bits.slice(0, 32),
    };
  }
}

function cookieAttributes(c: Context) {
  const path = c.get("linkPrefix") === "" ? "/" : outside(c, "");
  return { path, httpOnly: true, sameSite: "Strict", secure: isHttps(c) } as const;
}

/** Returns whether the browser uses HTTPS, to the app or to the proxy in front of it. */
function isHttps(c: Context): boolean {
  const forwarded = c.req.header("x-forwarded-proto")?.split(",")[0]?.trim().toLowerCase();
  const { protocol, host } = new URL(c.req.url);
  // The browser names the page of a form, also through a proxy that adds no header.
  return forwarded === "https" || protocol === "https:" || c.req.header("origin") === `https://${host}`;
}
