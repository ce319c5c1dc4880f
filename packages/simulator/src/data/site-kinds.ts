export interface SiteKind {
  readonly pages: readonly (readonly [string, string])[];
  readonly buttons: readonly string[];
  readonly form: string;
}

export const siteKinds: readonly [software: SiteKind, shop: SiteKind, advisors: SiteKind] = [
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
