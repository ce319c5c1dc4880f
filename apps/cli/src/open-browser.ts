import { spawn } from "node:child_process";
import type { Shell } from "./shell.js";

/** Opens a page in the browser of the desktop, if there is one. Ignores failures, because the link is printed too. */
export function openBrowser(shell: Shell, url: URL): void {
  const program = browserCommand(process.platform, shell.env);
  if (program === undefined) return;
  const [file, ...args] = program;
  const child = spawn(file, [...args, url.href], { detached: true, stdio: "ignore", env: { ...shell.env } });
  child.on("error", () => undefined);
  child.unref();
}

function browserCommand(platform: string, env: Shell["env"]): [string, ...string[]] | undefined {
  if (platform === "darwin") return ["open"];
  if (platform === "win32") return ["rundll32", "url.dll,FileProtocolHandler"];
  return env["DISPLAY"] === undefined && env["WAYLAND_DISPLAY"] === undefined ? undefined : ["xdg-open"];
}
