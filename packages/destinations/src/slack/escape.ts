import { invisible } from "../mask/invisible.js";

/** Text format of a service. Values come from visitors and must not become links, mentions or markup. */
export interface TextFormat {
  readonly bold: (text: string) => string;
  /** Escapes a text and shortens it to one line of at most 120 characters. */
  readonly plain: (text: string) => string;
  /** Maximum number of characters of a message. */
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

/** U+2060, word joiner: an invisible character that separates a markup character from its neighbours. */
const joiner = "\u2060";

/** Slack makes links of URLs and of bare domains. Browsers ignore a joiner in a domain that is copied. */
const linking = /(?<=:)(?=\/\/)|(?<=[\p{L}\p{N}-]\.)(?=[\p{L}\p{N}])/gu;

/** Format of Slack, which escapes three characters: https://docs.slack.dev/messaging/formatting-message-text. */
export const slackFormat: TextFormat = {
  bold: (text) => (text === "" ? "" : `*${text}*`),
  plain: (text) =>
    oneLine(text)
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll(/[*_~`]/g, (sign) => `${joiner}${sign}${joiner}`)
      .replaceAll(/@(?=channel|here|everyone)/gi, `@${joiner}`)
      .replaceAll(linking, joiner),
  maxLength: 3500,
};

/** Format of Discord, whose own markup applies to messages to its /slack address too. */
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
