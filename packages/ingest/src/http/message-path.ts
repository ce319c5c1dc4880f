import { belowBasePath } from "./base-path.js";

/** The path that the provider posts messages to, below the base path. */
const messagePath = "/webhooks";

/**
 * Returns whether a request target, a path or a whole URL, is that of messages, whatever its query.
 * @param basePath as `belowBasePath` takes it
 */
export function isMessagePath(url: string, basePath: string): boolean {
  const target = belowBasePath(
    url.startsWith("/") ? url : url.slice(url.indexOf("/", "https://".length)),
    basePath,
  );
  if (target === messagePath) return true;
  if (!target.includes("webhooks")) return false;
  const whole = `http://localhost${target}`;
  if (!URL.canParse(whole)) return false;
  const { pathname } = new URL(whole);
  return pathname === messagePath || pathname === `${messagePath}/`;
}
