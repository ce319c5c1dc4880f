import type { SlackConfig } from "./config.js";
import { discordFormat, slackFormat, type TextFormat } from "./escape.js";

/** Returns the configured text format, or by default that of the host. */
export function formatOf({ url, format }: SlackConfig): TextFormat {
  const { hostname } = new URL(url);
  const byHost = /(?:^|\.)discord(?:app)?\.com$/.test(hostname) ? "discord" : "slack";
  return (format ?? byHost) === "discord" ? discordFormat : slackFormat;
}
