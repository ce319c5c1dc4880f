import { group } from "../definition.js";
import { at, numberAt } from "../read.js";

/** Scores below this are likely automated, by the scale's author (Cloudflare, bot scores). */
const likelyAutomated = 30;

/** Returns the score; undefined outside its scale, such as for 0, which the scale's author writes where it computed none. */
function scoreOf(bot: unknown): number | undefined {
  const score = numberAt(bot, "score");
  return score === undefined || score < 1 || score > 99 ? undefined : score;
}

export const botFacts = group("bot", [
  [
    "score",
    "number",
    "1 (surely a bot) to 99 (surely a human).",
    "`data.session.network.botManagement.score`; absent outside this range, such as for 0, which means that none was computed",
    ({ bot }) => scoreOf(bot),
  ],
  [
    "verified",
    "boolean",
    "Whether it is a bot known by name, such as a search engine's.",
    "`data.session.network.botManagement.verifiedBot`",
    ({ bot }) => at(bot, "verifiedBot"),
  ],
  [
    "category",
    "string",
    "Kind of the known bot.",
    "`data.session.network.botManagement.verifiedBotCategory`",
    ({ bot }) => at(bot, "verifiedBotCategory"),
  ],
  [
    "likely",
    "boolean",
    "Whether the visitor is likely a program.",
    `true for a verified bot or a score below ${likelyAutomated}; without a score, true for the user agent of a program, else as \`verified\``,
    ({ bot, userAgent }) => {
      const verified = at(bot, "verifiedBot");
      if (verified === true) return true;
      const score = scoreOf(bot);
      if (score !== undefined) return score < likelyAutomated;
      return userAgent?.type === "bot" ? true : verified;
    },
  ],
]);
