import type { ConfigProblem } from "../driver.js";
import { addressKeyProblems } from "../net/address-key-problems.js";
import type { SlackConfig } from "./config.js";
import { isDiscord } from "./format-of.js";

/** Returns the problems of the URL. The messages contain no part of it. */
export function slackProblems({ url, network = "public" }: SlackConfig): readonly ConfigProblem[] {
  const messages = webhookProblems(new URL(url)).map((message) => ({ path: ["url"], message }));
  return [...addressKeyProblems(url, network), ...messages];
}

/** Returns what Slack or Discord would refuse; nothing for other hosts, which are servers with the same interface. */
function webhookProblems({ protocol, hostname, pathname }: URL): readonly string[] {
  const discord = isDiscord(hostname);
  const slack = /^hooks\.slack(?:-gov)?\.com\.?$/.test(hostname);
  const problems: string[] = [];
  if ((discord || slack) && protocol === "http:")
    problems.push("must begin with https://: the URL is a secret");
  if (slack && pathname === "/")
    problems.push("must have the path of an incoming webhook: copy its whole URL from Slack");
  if (discord && !/\/slack\/?$/.test(pathname))
    problems.push(
      "must have /slack at the end of its path: a Discord webhook accepts these messages only there",
    );
  return problems;
}
