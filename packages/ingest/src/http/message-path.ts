/** Path to which the provider posts messages. */
const messagePath = "/webhooks";

/** Returns whether a request target (a path or a whole URL) is the message path, with any query. */
export function isMessagePath(url: string): boolean {
  const target = url.startsWith("/") ? url : url.slice(url.indexOf("/", "https://".length));
  if (target === messagePath) return true;
  if (!target.includes("webhooks")) return false;
  const whole = `http://localhost${target}`;
  if (!URL.canParse(whole)) return false;
  const { pathname } = new URL(whole);
  return pathname === messagePath || pathname === `${messagePath}/`;
}
