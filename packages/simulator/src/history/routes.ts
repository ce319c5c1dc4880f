import { pageWeights } from "../data/history.js";
import type { Random } from "../random.js";
import type { Route } from "../sessions.js";
import type { Page, Site } from "../sites.js";

/** Returns a page of the site by its path. */
export function pageAt(site: Site, path: string): Page {
  return site.pages.find((page) => page.path === path) ?? (site.pages[0] as Page);
}

/** Chooses a page by interest, from 0 (a new visitor) to 1 (one about to buy). */
export function pageOfInterest(random: Random, site: Site, interest: number, except?: Page): Page {
  const weighted = site.pages
    .filter((page) => page !== except)
    .map((page) => {
      const [early, late] = pageWeights[page.path] ?? [1, 1];
      return { page, weight: early + (late - early) * interest };
    });
  return random.weighted(weighted).page;
}

/** A walk by interest; who is more interested sees more pages. */
export function walkOfInterest(random: Random, site: Site, interest: number): Route {
  const views = Math.round(random.logNormal(1.8 + 2.4 * interest, 0.7));
  return {
    views: Math.max(1, Math.min(16, views)),
    next: (page) => pageOfInterest(random, site, interest, page),
  };
}

/** A walk along given paths, after the landing page. */
export function walkAlong(site: Site, paths: readonly string[], submits: boolean): Route {
  return { views: paths.length, next: (_, view) => pageAt(site, paths[view] ?? "/"), submits };
}
