/** Returns the place in the code where an error was thrown, without its message, such as sessionhook.config.ts:12:5. */
export function placeOf(error: unknown): string {
  try {
    return placeIn(error) ?? unknownPlace;
  } catch {
    // An error can have getters, or be a proxy, that throw.
    return unknownPlace;
  }
}

const unknownPlace = "an unknown place";

function placeIn(error: unknown): string | undefined {
  if (!(error instanceof Error) || typeof error.stack !== "string") return undefined;
  const { stack } = error;
  const message = String(error.message);
  // V8 puts the message first; JavaScriptCore has frames only.
  const at = stack.indexOf(message);
  const frames = at === -1 ? stack : stack.slice(at + message.length);
  return /[\w.-]+\.[cm]?[jt]sx?:\d+:\d+/.exec(frames.slice(0, 4096))?.[0];
}
