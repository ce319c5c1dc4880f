import type { DeliveryItem, Facts } from "@sessionhook/core";
import { isTest } from "../is-test.js";
import { countryName } from "./country-name.js";
import type { TextFormat } from "./escape.js";

const maxPages = 6;
const maxLines = 20;
/** Pages in each line of a list: the first number with which the list fits into a message. */
const pagesPerLine = [3, 2, 1, 0] as const;

/** Returns the message about some events: one in detail, several as a list. That about a test begins with `[Test] `. */
export function messageOf(items: readonly DeliveryItem[], format: TextFormat): string {
  const [first] = items;
  if (first === undefined) return "";
  const mark = items.some(isTest) ? "[Test] " : "";
  const maxLength = format.maxLength - mark.length;
  const text = items.length === 1 ? detailed(first, format) : digest(items, format, maxLength);
  return `${mark}${shorten(text, maxLength)}`;
}

/** Returns the payload of a message. Discord ignores blocks, and servers with the interface of Slack that have none too. */
export function payloadOf(items: readonly DeliveryItem[], format: TextFormat): object {
  const text = messageOf(items, format);
  const message = { text, unfurl_links: false, unfurl_media: false };
  if (format.name === "discord") return message;
  // In a text alone, Slack makes links of domains in code too. It does not where a text of a block is verbatim.
  const content = { type: "mrkdwn", text, verbatim: true };
  return { ...message, blocks: [{ type: "section", text: content, expand: true }] };
}

function detailed({ event, facts }: DeliveryItem, format: TextFormat): string {
  if (facts === undefined) return `New event ${format.plain(event.type ?? "of unknown type")}`;
  const lines = [
    who(facts, format),
    company(facts, format),
    pages(facts, format, maxPages),
    source(facts, format),
  ];
  return lines.filter((line) => line !== "").join("\n");
}

/** Returns a list with person, company, pages and source of each event, shortened until it fits: pages first, then lines. */
function digest(items: readonly DeliveryItem[], format: TextFormat, maxLength: number): string {
  const visits = items.every(({ event }) => event.type === "identity.session.finalized");
  const title = format.bold(`${items.length} ${visits ? "visits" : "events"}`);
  const listOf = (perLine: number, lines: number) => {
    const shown = items.slice(0, lines).map((item) => `• ${inOneLine(item, format, perLine)}`);
    const more = items.length > lines ? [`… and ${items.length - lines} more`] : [];
    return [title, ...shown, ...more].join("\n");
  };
  const attempts = [
    ...pagesPerLine.map((perLine) => [perLine, maxLines] as const),
    ...Array.from({ length: maxLines - 1 }, (_, i) => [0, maxLines - 1 - i] as const),
  ];
  for (const [perLine, lines] of attempts) {
    const text = listOf(perLine, lines);
    if (text.length <= maxLength) return text;
  }
  return listOf(0, 0);
}

function inOneLine({ event, facts }: DeliveryItem, format: TextFormat, perLine: number): string {
  if (facts === undefined) return format.plain(event.type ?? "event of unknown type");
  const parts = [who(facts, format), pages(facts, format, perLine), source(facts, format)];
  return parts.filter((part) => part !== "").join(" · ");
}

function who(facts: Facts, { bold, plain }: TextFormat): string {
  const fullName = [facts.personFirstName, facts.personLastName]
    .filter((part) => part !== undefined)
    .join(" ");
  const name = plain(facts.personFullName ?? fullName) || plain(facts.personEmail ?? "");
  const at = plain(facts.companyName ?? facts.companyDomain ?? "");
  const title = plain(facts.personTitle ?? "");
  const rest = title === "" || at === "" ? `${title}${at}` : `${title} at ${at}`;
  if (name === "") return bold(at === "" ? "Somebody" : `Somebody from ${at}`);
  return rest === "" ? bold(name) : `${bold(name)}, ${rest}`;
}

function company(facts: Facts, { code, plain }: TextFormat): string {
  const people = facts.companyEmployeeCount;
  const parts = [
    code(facts.companyDomain ?? ""),
    plain(facts.companyIndustry ?? ""),
    people === undefined ? "" : count(people, "person", "people"),
    plain(countryName(facts.companyCountry ?? facts.companyCountryCode ?? "")),
  ].filter((part) => part !== "");
  return parts.length === 0 ? "" : `Company: ${parts.join(" · ")}`;
}

/** Returns the first pages, or their number alone. */
function pages(facts: Facts, { code }: TextFormat, most: number): string {
  const seen = facts.pages ?? [];
  if (seen.length === 0) return "";
  if (most === 0) return count(seen.length, "page", "pages");
  const more = seen.length > most ? ` and ${seen.length - most} more` : "";
  return `Pages: ${seen.slice(0, most).map(code).join(", ")}${more}`;
}

function source(facts: Facts, { code }: TextFormat): string {
  const utm = [facts.utmSource, facts.utmMedium, facts.utmCampaign].filter((part) => part !== undefined);
  const parts = utm.length > 0 ? utm : [facts.sessionReferrerDomain ?? ""];
  const text = parts
    .map(code)
    .filter((part) => part !== "")
    .join(" / ");
  return text === "" ? "" : `Source: ${text}`;
}

function count(value: number, one: string, many: string): string {
  return `${value.toLocaleString("en-US")} ${value === 1 ? one : many}`;
}

/** Shortens a message at the end of a line, because a cut inside an escape would be visible. */
function shorten(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const cut = text.slice(0, maxLength - 2);
  const end = cut.lastIndexOf("\n");
  return `${end === -1 ? cut : cut.slice(0, end)}\n…`;
}
