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

interface Kind {
  readonly pages: readonly (readonly [string, string])[];
  readonly buttons: readonly string[];
  readonly form: string;
}

const kinds: readonly Kind[] = [
  {
    pages: [
      ["/", "Revenue workflows that run themselves"],
      ["/pricing", "Pricing"],
      ["/product", "Product overview"],
      ["/product/integrations", "Integrations"],
      ["/customers", "Customer stories"],
      ["/customers/logistics-at-scale", "How a logistics team halved its hand-offs"],
      ["/blog", "Blog"],
      ["/blog/attribution-without-cookies", "Attribution without third-party cookies"],
      ["/blog/webhooks-done-right", "Webhooks done right: signatures, retries, idempotency"],
      ["/docs/quickstart", "Quickstart · Docs"],
      ["/docs/api/events", "Events API · Docs"],
      ["/security", "Security & compliance"],
      ["/demo", "Book a demo"],
      ["/signup", "Create your account"],
    ],
    buttons: ["Book a demo", "Start free trial", "Compare plans", "Copy snippet"],
    form: "demo_request",
  },
  {
    pages: [
      ["/", "Furniture for small flats"],
      ["/collections/new", "New arrivals"],
      ["/collections/desks", "Desks"],
      ["/products/oak-standing-desk", "Oak standing desk"],
      ["/products/wool-rug-160", "Wool rug, 160 × 230 cm"],
      ["/products/lampe-größe-m", "Lampe, Größe M"],
      ["/sale", "Sale – up to 40 %"],
      ["/stores", "Find a store"],
      ["/help/shipping", "Shipping and returns"],
      ["/cart", "Your cart"],
      ["/checkout", "Checkout"],
    ],
    buttons: ["Add to cart", "Apply voucher", "Choose size", "Notify me"],
    form: "newsletter_signup",
  },
  {
    pages: [
      ["/", "Advisors for growing companies"],
      ["/services/tax", "Tax"],
      ["/services/transactions", "Mergers & acquisitions"],
      ["/industries/energy", "Energy & utilities"],
      ["/insights", "Insights"],
      ["/insights/2026-budget-in-brief", "The 2026 budget in brief"],
      ["/insights/erp-migration-checklist", "ERP migration: a checklist for finance teams"],
      ["/people", "Our people"],
      ["/careers", "Careers"],
      ["/contact", "Contact us"],
    ],
    buttons: ["Download the report", "Call us", "Subscribe"],
    form: "contact",
  },
];

/** Creates one to three sites of one customer. */
export function makeSites(random: Random, fakers: Fakers, now: number): readonly Site[] {
  const faker = fakers.use("en", random);
  const brand = `${faker.word.adjective()} ${faker.word.noun()}`.replaceAll(/(?:^|[ -])\w/g, (letter) =>
    letter.toUpperCase(),
  );
  const domain = `${slug(brand)}.example`;
  return random.sample(["www", "app", "shop"], random.int(1, 3)).map((host) => {
    const kind = host === "shop" ? (kinds[1] as Kind) : random.pick([kinds[0] as Kind, kinds[2] as Kind]);
    return {
      pid: timedId("mdb_pxl_", now - random.int(90, 900) * 86_400_000, random),
      origin: `https://${host}.${domain}`,
      brand,
      pages: kind.pages.map(([path, title]) => ({ path: encodeURI(path), title: `${title} | ${brand}` })),
      buttons: kind.buttons,
      form: kind.form,
    };
  });
}

/** Creates the workspace id of the customer. */
export function makeTenant(random: Random): string {
  return opaqueId("ws_", 22, random);
}
