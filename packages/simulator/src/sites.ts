import { type SiteKind, siteKinds } from "./data/site-kinds.js";
import { opaqueId, slug, timedId } from "./ids.js";
import type { Fakers } from "./fakers.js";
import type { Random } from "./random.js";

export interface Page {
  readonly path: string;
  readonly title: string;
}

/** A website of the customer whose endpoint receives the events, with its pixel. */
export interface Site {
  readonly pid: string;
  readonly origin: string;
  readonly brand: string;
  /** The pages; the first is the home page. */
  readonly pages: readonly Page[];
  readonly buttons: readonly string[];
  readonly form: string;
}

/** Creates one to three sites of one customer. */
export function makeSites(random: Random, fakers: Fakers, now: number): readonly Site[] {
  const faker = fakers.use("en", random);
  const brand = `${faker.word.adjective()} ${faker.word.noun()}`.replaceAll(/(?:^|[ -])\w/g, (letter) =>
    letter.toUpperCase(),
  );
  return random.sample(["www", "app", "shop"], random.int(1, 3)).map((host) => {
    const kind = host === "shop" ? siteKinds[1] : random.pick([siteKinds[0], siteKinds[2]]);
    return makeSite(random, { host, brand, kind }, now);
  });
}

/** Creates a site of a customer. */
export function makeSite(
  random: Random,
  { host, brand, kind }: { readonly host: string; readonly brand: string; readonly kind: SiteKind },
  now: number,
): Site {
  return {
    pid: timedId("mdb_pxl_", now - random.int(90, 900) * 86_400_000, random),
    origin: `https://${host}.${slug(brand)}.example`,
    brand,
    pages: kind.pages.map(([path, title]) => ({ path: encodeURI(path), title: `${title} | ${brand}` })),
    buttons: kind.buttons,
    form: kind.form,
  };
}

/** Creates the workspace id of the customer. */
export function makeTenant(random: Random): string {
  return opaqueId("ws_", 22, random);
}
