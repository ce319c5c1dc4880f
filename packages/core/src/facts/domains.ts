import { getDomain, getHostname } from "tldts";
import { freemailDomains } from "./generated/freemail-domains.js";
import { maxFactLength } from "./limits.js";
import { remembering } from "./remembering.js";

const ascii = /^[\x21-\x7e]+$/;
/** Such as `android-app://com.google.android.gm/`: names of apps are no hosts. */
const otherScheme = /^(?!https?:)[a-z][a-z\d+.-]*:\/\//i;

/**
 * Returns the registrable domain of a web address or host by the Public Suffix List: lower-case, in ASCII (`xn--…`),
 * without `www.`. Tenants of a platform on the list are apart: `shop.myshopify.com`. Undefined for an IP address, a
 * single label and anything else.
 */
export function registrableDomain(value: unknown): string | undefined {
  return siteOf(value)?.domain;
}

/** Returns the registrable domain; undefined also for a freemail domain. */
export function companyDomain(value: unknown): string | undefined {
  const { host, domain } = siteOf(value) ?? {};
  if (host === undefined || domain === undefined) return undefined;
  return freemailDomains.has(host) || freemailDomains.has(domain) ? undefined : domain;
}

/** Returns whether a host, or its registrable domain, is a freemail domain. */
export function isFreemail(host: string): boolean {
  return freemailDomains.has(host) || freemailDomains.has(registrableDomain(host) ?? "");
}

interface Site {
  /** Lower-case and in ASCII. */
  readonly host: string;
  readonly domain: string | undefined;
}

/** Reads a web address, or a host as it is. */
function siteOf(value: unknown): Site | undefined {
  if (typeof value !== "string") return undefined;
  const text = value.trim();
  if (text === "" || text.length > maxFactLength) return undefined;
  return text.length === value.length ? knownSite(value) : readSite(text);
}

function readSite(text: string): Site | undefined {
  const host = hostOf(text);
  return host === undefined ? undefined : { host, domain: domainOf(host) };
}

const knownSite = remembering(readSite);

function hostOf(text: string): string | undefined {
  if (otherScheme.test(text)) return undefined;
  if (ascii.test(text)) return getHostname(text) ?? undefined;
  try {
    return new URL(text.includes("://") ? text : `https://${text}`).hostname;
  } catch {
    return undefined;
  }
}

function domainOf(host: string): string | undefined {
  // The platform itself, such as github.io, is a private suffix; its domain is the one of the ICANN section.
  return getDomain(host, { allowPrivateDomains: true }) ?? getDomain(host) ?? undefined;
}
