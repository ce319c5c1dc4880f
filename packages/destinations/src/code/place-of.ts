/** Returns the place in the code where an error was thrown, without its message, such as sessionhook.config.ts:12:5. */
export function placeOf(error: unknown): string {
  if (!(error instanceof Error) || typeof error.stack !== "string") return "an unknown place";
  // V8 puts the message first; JavaScriptCore has frames only.
  const at = error.stack.indexOf(error.message);
  const frames = at === -1 ? error.stack : error.stack.slice(at + error.message.length);
  return /[\w.-]+\.[cm]?[jt]sx?:\d+:\d+/.exec(frames.slice(0, 4096))?.[0] ?? "an unknown place";
}
