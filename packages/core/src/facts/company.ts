import { companyDomain, registrableDomain } from "./domains.js";
import type { Email } from "./emails.js";
import { maxRead } from "./limits.js";
import { at, entriesOf, textAt } from "./read.js";

/** The places of a company in an event, in the order of precedence. */
export const companySources = ["employment", "companies", "experience", "identity", "email"] as const;

export interface Company {
  readonly source: (typeof companySources)[number];
  /** The company record of the payload; undefined for the sources identity and email. */
  readonly record: unknown;
  readonly name: string | undefined;
  readonly domain: string | undefined;
}

const lasting = /^(?:present|current|now|today)$/i;

/** Returns the first position that has not ended. */
export function currentPosition(positions: unknown): unknown {
  return entriesOf(positions)
    .slice(0, maxRead)
    .find((position) => {
      const end = textAt(position, "endDate");
      return isObject(position) && (end === undefined || lasting.test(end.trim()));
    });
}

interface Known {
  readonly employment: unknown;
  readonly companies: unknown;
  readonly experience: unknown;
  readonly identity: unknown;
  readonly emails: readonly Email[];
}

/** Chooses the company of an event: that of the current employment, else the first. */
export function chooseCompany({
  employment,
  companies,
  experience,
  identity,
  emails,
}: Known): Company | undefined {
  const records = [
    ["employment", at(employment, "company")],
    ["companies", entriesOf(companies)[0]],
    ["experience", at(experience, "company")],
  ] as const;
  for (const [source, record] of records)
    if (isObject(record)) return { source, record, name: textAt(record, "name"), domain: domainOf(record) };
  const name = textAt(at(identity, "professional"), "companyName");
  const address = emails.find(({ work, judgement }) => work && judgement !== "invalid");
  const domain = companyDomain(address?.domain);
  if (name !== undefined) return { source: "identity", record: undefined, name, domain };
  return domain === undefined ? undefined : { source: "email", record: undefined, name, domain };
}

/** Domains on which companies have pages that they give as their website. Some owners are companies with a website there. */
const platforms = new Set(
  `about.me amazon.com angel.co apple.com behance.net bit.ly bitbucket.org calendly.com carrd.co crunchbase.com discord.gg
  dribbble.com etsy.com eventbrite.com facebook.com g.page github.com gitlab.com glassdoor.com goo.gl google.com indeed.com
  instagram.com linkedin.com linktr.ee lnkd.in medium.com meetup.com notion.so patreon.com pinterest.com producthunt.com
  quora.com reddit.com soundcloud.com spotify.com squarespace.com substack.com t.co t.me telegram.me tiktok.com tinyurl.com
  tripadvisor.com trustpilot.com tumblr.com twitch.tv twitter.com vimeo.com wa.me wellfound.com whatsapp.com wikipedia.org
  wixsite.com wordpress.com x.com xing.com yelp.com youtube.com`.split(/\s+/),
);

/** Freemail domains by which their owners are known as companies. */
const employers = new Set(
  "alibaba.com cox.com facebook.com rogers.com shaw.ca sky.com telstra.com zoho.com".split(" "),
);

function domainOf(record: unknown): string | undefined {
  const domain = recordDomain(at(record, "domain"));
  if (domain !== undefined) return domain;
  const website = at(record, "website");
  const found = recordDomain(website);
  return found !== undefined && platforms.has(found) && !isRoot(website, found) ? undefined : found;
}

function recordDomain(value: unknown): string | undefined {
  const registrable = registrableDomain(value);
  return registrable !== undefined && employers.has(registrable) ? registrable : companyDomain(value);
}

/** Returns whether an address is the first page of a domain: that of its owner. */
function isRoot(address: unknown, domain: string): boolean {
  const text = String(address).trim().toLowerCase();
  return [domain, `www.${domain}`].includes(text.replace(/^(?:https?:)?\/\//, "").replace(/\/$/, ""));
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
