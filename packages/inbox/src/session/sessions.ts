import type { Clock } from "../clock.js";
import type { Context } from "hono";
import { deleteCookie, getSignedCookie, setSignedCookie } from "hono/cookie";

const cookieName = "sessionhook_session";
const lifetimeSeconds = 7 * 24 * 60 * 60;

/**
 * Sessions of signed-in users, stored only in a signed cookie. The key is derived from the admin
 * token, so a new token ends every session.
 */
export class Sessions {
  readonly #adminToken: string;
  readonly #now: Clock;

  constructor(adminToken: string, now: Clock) {
    this.#adminToken = adminToken;
    this.#now = now;
  }

  /** True when the request carries a cookie of ours that has not expired. */
  async isSignedIn(c: Context): Promise<boolean> {
    const value = await getSignedCookie(c, await this.#key(), cookieName);
    const expiry = typeof value === "string" ? /^v1:(\d{1,15})$/.exec(value)?.[1] : undefined;
    return expiry !== undefined && Number(expiry) > this.#now();
  }

  /** Signs the browser in for seven days. */
  async start(c: Context): Promise<void> {
    const expiry = this.#now() + lifetimeSeconds * 1000;
    await setSignedCookie(c, cookieName, `v1:${expiry}`, await this.#key(), {
      ...cookieAttributes(c),
      maxAge: lifetimeSeconds,
    });
  }

  /** Takes the cookie from the browser. */
  end(c: Context): void {
    deleteCookie(c, cookieName, cookieAttributes(c));
  }

  // Derived again for each request: some runtimes do not let one request wait for another's promise.
  async #key(): Promise<ArrayBuffer> {
    const encoder = new TextEncoder();
    const token = await crypto.subtle.importKey("raw", encoder.encode(this.#adminToken), "HKDF", false, [
      "deriveBits",
    ]);
    const info = encoder.encode("sessionhook inbox session v1");
    return crypto.subtle.deriveBits(
      { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info },
      token,
      256,
    );
  }
}

function cookieAttributes(c: Context) {
  return { path: "/", httpOnly: true, sameSite: "Strict", secure: isHttps(c) } as const;
}

/** Returns whether the browser uses HTTPS, to the app or to the proxy in front of it. */
function isHttps(c: Context): boolean {
  const forwarded = c.req.header("x-forwarded-proto")?.split(",")[0]?.trim().toLowerCase();
  return forwarded === "https" || new URL(c.req.url).protocol === "https:";
}
