import type { FactDefinition } from "../src/facts/definition.ts";
import { freemailEmployers } from "../src/facts/freemail-employers.ts";
import { platforms } from "../src/facts/platforms.ts";

/** Limits of the row, for the page. */
export interface FactLimits {
  readonly maxFactLength: number;
  readonly maxListEntries: number;
  readonly maxListLength: number;
  readonly maxRead: number;
}

const titles: Readonly<Record<string, string>> = {
  event: "Event",
  person: "Person",
  company: "Company",
  session: "Session",
  pages: "Pages",
  utm: "Campaign",
  visit: "Place of the visit",
  network: "Network",
  device: "Device",
  bot: "Bot",
};

const count = (number: number) => number.toLocaleString("en-US");

/** Returns docs/facts.md, with its tables as the formatter writes them. */
export function emitFactsPage(definitions: readonly FactDefinition[], limits: FactLimits): string {
  const groups = Map.groupBy(definitions, ({ path }) => path.split(".")[0] ?? path);
  const sections = [...groups].map(([group, facts]) => `## ${titles[group] ?? group}\n\n${table(facts)}\n`);
  return `# Facts

<!-- Generated from packages/core/src/facts: npx pnpm --filter @sessionhook/core generate -->

Facts are the flat row that Sessionhook derives from one event of any type. Filters, flat bodies, maps and files use them.
\`factsOf(event)\` of \`@sessionhook/core/facts\` returns the row with the keys of the first column; filters and maps see the same
facts under the paths of the second: \`personEmail\` is \`person.email\`.

\`\`\`text
has(company.employeeCount) && company.employeeCount >= 50 && pages.exists(p, p.like('/pricing*'))
\`\`\`

## Rules

- A fact that the event does not give has no key: \`has(person.email)\` is false. Null, empty text, empty lists and values of
  another type count as absent. The groups themselves and \`pages\` are always there for a filter.
- Text is trimmed and cut at ${count(limits.maxFactLength)} characters (UTF-16 code units). A lone surrogate or NUL becomes U+FFFD.
- A list has at most ${count(limits.maxListEntries)} entries and ${count(limits.maxListLength)} characters; the rest is left out. Of e-mail addresses, validations and
  positions the first ${count(limits.maxRead)} are read.
- Numbers are as received, with their fraction. Times are Unix milliseconds.
- A value that the provider has added to a known list, such as a new validity or event type, is treated like an unknown one
  and never refused.
- Fields without a fact, such as \`props\` of the events of a session, are in the raw body only.
- **E-mail.** Addresses are in lower case. \`emailValidations\` judges them. An address found invalid is in \`person.emails\` only.
- **Company.** It is the company of the current employment: the first without an end, or with an end after \`created\` of the
  event, else after the end of the session. Without one, it is the entry of the companies that has the LinkedIn identifier, else
  the domain, else the name of the company of the current position of the résumé, so that title and company belong together; else
  the first entry. Without companies, it is that of the current position of the résumé. Without any of these,
  \`identity.resolved\` and \`identity.qualified\` give a name, and the best e-mail address at work that is not at a freemail
  provider gives a domain.
- **Domains.** They are the registrable ones by the Public Suffix List. Tenants of a platform on that list are apart
  (\`shop.myshopify.com\`).
- **Freemail domains.** A freemail domain is never taken from an e-mail address as the domain of a company. In a company record,
  it counts as absent, except for those whose owners employ people under that name: ${list(freemailEmployers)}.
- **Platforms.** Many companies give a page on a [platform](#platforms) as their website. The domain of a platform is that of a
  company only if neither \`domain\` nor \`website\` of the record is such a page: \`facebook.com\` with the website
  \`https://www.facebook.com\`, or without a website, is Facebook; with the website \`https://www.facebook.com/acme\` the record has
  no domain. A page is any address below the domain except the domain itself, with or without \`www.\`. E-mail addresses at
  a platform are those of its owner.
- **Pages.** \`pages\` holds paths, not addresses. They are not decoded, and a trailing slash stays.
- **Guesses.** \`bot.likely\`, \`person.seniority\` and the device are derived by simple rules. Do not base a decision about a
  person on them.

${sections.join("\n")}
## Platforms

${list(platforms)}.
`;
}

function list(domains: ReadonlySet<string>): string {
  return [...domains].map((domain) => `\`${domain}\``).join(", ");
}

function table(facts: readonly FactDefinition[]): string {
  const rows = [
    ["key", "path", "type", "meaning", "source"],
    ...facts.map(({ name, path, type, values, description, derived }) => [
      `\`${name}\``,
      `\`${path}\``,
      values === undefined ? (type === "string[]" ? "list of strings" : type) : values.join(", "),
      description,
      derived,
    ]),
  ];
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  const [head = [], ...body] = rows;
  return [line(head), `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`, ...body.map(line)].join(
    "\n",
  );
}
