import type { SlackConfig } from "./config.js";
import { discordFormat, slackFormat, type TextFormat } from "./escape.js";

/** Returns the configured text format, or by default that of the host. */
export function formatOf({ url, format }: SlackConfig): TextFormat {
  const byHost = isDiscord(new URL(url).hostname) ? "discord" : "slack";
  return (format ?? byHost) === "discord" ? discordFormat : slackFormat;
}

/** Returns whether a host belongs to Discord. */
export function isDiscord(hostname: string): boolean {
  return /(?:^|\.)discord(?:app)?\.com\.?$/.test(hostname);
}
