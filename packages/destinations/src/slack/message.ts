import type { DeliveryItem, Facts } from "@sessionhook/core";
import type { TextFormat } from "./escape.js";

const maxPages = 6;
const maxLines = 20;

/** Returns the message about some events: one in detail, several as a list. */
export function messageOf(items: readonly DeliveryItem[], format: TextFormat): string {
  const [first] = items;
  if (first === undefined) return "";
  const text = items.length === 1 ? detailed(first, format) : digest(items, format);
  return shorten(text, format.maxLength);
}

function detailed({ event, facts }: DeliveryItem, format: TextFormat): string {
  if (facts === undefined) return `New event ${format.plain(event.type ?? "of unknown type")}`;
  const lines = [who(facts, format), company(facts, format), pages(facts, format), source(facts, format)];
  return lines.filter((line) => line !== "").join("\n");
}

function digest(items: readonly DeliveryItem[], format: TextFormat): string {
  const lines = items.slice(0, maxLines).map(({ event, facts }) => {
    if (facts === undefined) return `• ${format.plain(event.type ?? "event of unknown type")}`;
    const seen = facts.pages === undefined ? "" : ` · ${count(facts.pages.length, "page", "pages")}`;
    return `• ${who(facts, format)}${seen}`;
  });
  const more = items.length > maxLines ? [`… and ${items.length - maxLines} more`] : [];
  return [format.bold(`${items.length} visits`), ...lines, ...more].join("\n");
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

function company(facts: Facts, { plain }: TextFormat): string {
  const people = facts.companyEmployeeCount;
  const parts = [
    plain(facts.companyDomain ?? ""),
    plain(facts.companyIndustry ?? ""),
    people === undefined ? "" : count(people, "person", "people"),
    plain(facts.companyCountry ?? facts.companyCountryCode ?? ""),
  ].filter((part) => part !== "");
  return parts.length === 0 ? "" : `Company: ${parts.join(" · ")}`;
}

function pages(facts: Facts, { plain }: TextFormat): string {
  const seen = facts.pages ?? [];
  if (seen.length === 0) return "";
  const more = seen.length > maxPages ? ` and ${seen.length - maxPages} more` : "";
  return `Pages: ${seen.slice(0, maxPages).map(plain).join(", ")}${more}`;
}

function source(facts: Facts, { plain }: TextFormat): string {
  const utm = [facts.utmSource, facts.utmMedium, facts.utmCampaign].filter((part) => part !== undefined);
  const parts = utm.length > 0 ? utm : [facts.sessionReferrerDomain ?? ""];
  const text = parts
    .map(plain)
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
