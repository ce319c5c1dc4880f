import { invisible } from "../mask/invisible.js";

/** Text format of a service. Values come from visitors and must not become links, mentions or markup. */
export interface TextFormat {
  readonly name: "slack" | "discord";
  /** Makes an escaped text bold, unless it has code in it, which some services show as it is inside bold text. */
  readonly bold: (text: string) => string;
  /**
   * Escapes a text and shortens it to one line of at most 120 characters. A reader can copy it without change: a text that
   * could become a link, a mention or markup is code.
   */
  readonly plain: (text: string) => string;
  /** The same for a technical value, such as a domain, a page or a campaign, which is always code. */
  readonly code: (text: string) => string;
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

const boldBy = (mark: string) => (text: string) =>
  text === "" || text.includes("`") ? text : `${mark}${text}${mark}`;

/** Returns a text as code. Services have no escape for a backtick in it. */
const codeOf = (text: string) => (text === "" ? "" : `\`${text.replaceAll("`", "'")}\``);

/** U+2060, word joiner: an invisible character. It separates only mentions, which are not worth copying, from their @. */
const joiner = "\u2060";

/**
 * Slack and servers with the same interface make links of URLs and of bare domains, markup of these characters, and pictures
 * of codes such as `:fire:`.
 */
const slackActive =
  /[*_~`]|:\/\/|:[\p{L}\p{N}_+-]+:|[\p{L}\p{N}-]\.[\p{L}\p{N}]|@(?:channel|here|everyone)/iu;
/** An @ that follows a letter is part of an address, such as `jane@here.example`. */
const slackMention = /(?<![\p{L}\p{N}._%+-])@(?=(?:channel|here|everyone)(?![\p{L}\p{N}]))/giu;

/** Slack escapes three characters: https://docs.slack.dev/messaging/formatting-message-text. */
const slackEscaped = (line: string) =>
  line
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll(slackMention, `@${joiner}`);

/** Format of Slack. */
export const slackFormat: TextFormat = {
  name: "slack",
  bold: boldBy("*"),
  plain: (text) => {
    const line = oneLine(text);
    return slackActive.test(line) ? codeOf(slackEscaped(line)) : slackEscaped(line);
  },
  code: (text) => codeOf(slackEscaped(oneLine(text))),
  // https://docs.slack.dev/reference/block-kit/blocks/section-block
  maxLength: 3000,
};

/**
 * Discord makes links of URLs only, and pictures of codes as Slack does. Whether a mention in code notifies is not
 * documented, so it is separated there too.
 */
const discordActive = /:\/\/|:[\p{L}\p{N}_+-]+:|<|@(?:everyone|here)/iu;
const discordSeparated = (line: string) =>
  line.replaceAll("<", `<${joiner}`).replaceAll(/@(?=everyone|here)/gi, `@${joiner}`);

/** Format of Discord, whose own markup applies to messages to its /slack address too. It hides the backslashes. */
export const discordFormat: TextFormat = {
  name: "discord",
  bold: boldBy("**"),
  plain: (text) => {
    const line = oneLine(text);
    return discordActive.test(line)
      ? codeOf(discordSeparated(line))
      : line.replaceAll(/[\\*_~`|>#@[\]()-]/g, (sign) => `\\${sign}`);
  },
  code: (text) => codeOf(discordSeparated(oneLine(text))),
  maxLength: 1900,
};
