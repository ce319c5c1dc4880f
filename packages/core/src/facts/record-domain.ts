import { companyDomain, registrableDomain } from "./domains.js";
import { freemailEmployers } from "./freemail-employers.js";
import { platforms } from "./platforms.js";
import { at } from "./read.js";

/**
 * Returns the domain of a company record: that of its `domain`, else of its `website`. Undefined for a freemail domain, and for a
 * platform if the record gives a page on it.
 */
export function recordDomain(record: unknown): string | undefined {
  const addresses = [at(record, "domain"), at(record, "website")];
  const domain = addresses.map((address) => domainOf(address)).find((found) => found !== undefined);
  return domain === undefined || addresses.some((address) => isPageOnPlatform(address, domain))
    ? undefined
    : domain;
}

function domainOf(address: unknown): string | undefined {
  const domain = registrableDomain(address);
  return domain !== undefined && freemailEmployers.has(domain) ? domain : companyDomain(address);
}

/** Returns whether an address is below a platform's domain and not its first page, which is that of the owner. */
function isPageOnPlatform(address: unknown, platform: string): boolean {
  return platforms.has(platform) && registrableDomain(address) === platform && !isRoot(address, platform);
}

function isRoot(address: unknown, domain: string): boolean {
  const text = String(address).trim().toLowerCase();
  return [domain, `www.${domain}`].includes(text.replace(/^(?:https?:)?\/\//, "").replace(/\/$/, ""));
}
