import { invisible } from "../mask/invisible.js";

/** How a service writes text; the values come from visitors and must not become links, mentions or markup. */
export interface TextFormat {
  readonly bold: (text: string) => string;
  /** Makes one line of a text, at most 120 characters. */
  readonly plain: (text: string) => string;
  /** Most characters of a message. */
  readonly maxLength: number;
}

const maxField = 120;

function oneLine(text: string): string {
  const line = text
    .slice(0, 4 * maxField)
    .toWellFormed()
    .replaceAll(invisible, " ")
    .trim();
  const characters = [...line];
  return characters.length > maxField ? `${characters.slice(0, maxField - 1).join("")}…` : line;
}

/** Between the characters of a mark-up sign and what follows it: no sign, not visible. */
const joiner = "\u2060";

/** https://docs.slack.dev/messaging/formatting-message-text: three characters are escaped, and links need a scheme or a dot. */
export const slackFormat: TextFormat = {
  bold: (text) => (text === "" ? "" : `*${text}*`),
  plain: (text) =>
    oneLine(text)
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll(/[*_~`]/g, (sign) => `${joiner}${sign}${joiner}`)
      .replaceAll(/@(?=channel|here|everyone)/gi, `@${joiner}`),
  maxLength: 3500,
};

/** Discord has its own markup, also for what comes to its /slack address. */
export const discordFormat: TextFormat = {
  bold: (text) => (text === "" ? "" : `**${text}**`),
  plain: (text) =>
    oneLine(text)
      .replaceAll(/[\\*_~`|>#[\]()-]/g, (sign) => `\\${sign}`)
      .replaceAll("<", `<${joiner}`)
      .replaceAll("@", `@${joiner}`)
      .replaceAll("://", `:${joiner}//`),
  maxLength: 1900,
};
