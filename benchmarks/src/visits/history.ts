import type { CompanyRecord, DerivedRecords, PageView, PersonRecord } from "@sessionhook/core";

const dayMs = 86_400_000;
export const historyDays = 180;
export const historyEnd = 1_790_000_000_000;

/** Makes the records of sessions in order of time: a third identified, few visitors and campaigns that occur often. */
export class History {
  readonly #sessions: number;
  #state = 1;
  #made = 0;

  constructor(sessions: number) {
    this.#sessions = sessions;
  }

  next(): { readonly id: string; readonly records: DerivedRecords } {
    const index = this.#made++;
    const id = `evt_${index.toString(36).padStart(8, "0")}`;
    const startedAt =
      historyEnd - Math.floor(historyDays * dayMs * (1 - index / this.#sessions)) + this.#below(60_000);
    const bot = this.#below(100) < 4;
    const identified = !bot && this.#below(100) < 35;
    const company = identified ? companyOf(this.#often(this.#sessions / 50)) : undefined;
    const person = company && personOf(this.#often(this.#sessions / 5), company);
    const pages = this.#pages(startedAt);
    const source = this.#maybe(70, `source${this.#often(40)}`);
    return {
      id,
      records: {
        session: {
          id: `ses_${this.#below(2 ** 31).toString(36)}${index.toString(36)}`,
          eventId: id,
          eventType: "identity.session.finalized",
          visitorId: `vis_${this.#below(this.#sessions / 2).toString(36)}`,
          startedAt,
          endedAt: startedAt + 90_000,
          finalizedAt: startedAt + 1_900_000,
          durationSeconds: 90,
          pageCount: pages.length,
          source,
          medium: this.#maybe(60, `medium${this.#often(8)}`),
          campaign: this.#maybe(40, `campaign${this.#often(300)}`),
          landingPage: pages[0]?.path ?? "/",
          referrer: this.#maybe(50, `site${this.#often(400)}.example`),
          country: `C${this.#often(60)}`,
          term: null,
          content: null,
          city: `City ${this.#often(900)}`,
          device: "desktop",
          browser: "Chrome",
          os: "Windows",
          botScore: bot ? 2 : 90,
          bot,
          corporateProxy: false,
          person: person?.key ?? null,
          personName: person?.name ?? null,
          personTitle: person?.title ?? null,
          personEmail: person?.email ?? null,
          company: company?.key ?? null,
          companyName: company?.name ?? null,
          companyDomain: company?.domain ?? null,
          companyEmployeeCount: company?.employeeCount ?? null,
        },
        pages,
        person,
        company,
        precedence: { final: true, at: startedAt + 1_900_000 },
      },
    };
  }

  #pages(startedAt: number): PageView[] {
    return Array.from({ length: 1 + this.#below(5) }, (_, position) => {
      const path = `/section${this.#often(30)}/page${this.#often(70)}`;
      const url = `https://www.example.com${path}?ref=mail`;
      return { position, at: startedAt + position * 20_000, path, url, title: `Page ${path}`, seconds: 20 };
    });
  }

  #maybe(percent: number, value: string): string | null {
    return this.#below(100) < percent ? value : null;
  }

  /** Low numbers occur more often. */
  #often(most: number): number {
    return Math.floor(Math.max(1, most) * (this.#below(1_000_000) / 1_000_000) ** 2);
  }

  #below(most: number): number {
    this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((this.#state / 2 ** 32) * Math.max(1, most));
  }
}

const firstNames = ["Jane", "John", "Amélie", "Bob", "Carla", "Dmitri", "Eve", "Farah", "Gustav", "Hana"];
const lastNames = [
  "Miller",
  "Schmidt",
  "García",
  "Okafor",
  "Novak",
  "Silva",
  "Tanaka",
  "Rossi",
  "Dubois",
  "Khan",
];

function companyOf(index: number): CompanyRecord {
  return {
    key: `domain:firm${index}.example`,
    name: `Firm ${index.toString(36)} ${lastNames[index % 10]}`,
    domain: `firm${index}.example`,
    industry: "Software",
    employeeCount: 1 + ((index * 37) % 5000),
    country: "Germany",
    city: "Berlin",
    linkedinUrl: null,
    fundingTotalUsd: null,
    monthlyVisitors: null,
  };
}

function personOf(index: number, company: CompanyRecord): PersonRecord {
  const first = firstNames[index % 10] as string;
  const last = `${lastNames[Math.floor(index / 10) % 10]}${index.toString(36)}`;
  return {
    key: `linkedin:https://www.linkedin.com/in/${first}-${last}`.toLowerCase(),
    name: `${first} ${last}`,
    title: "Head of Growth",
    seniority: "director",
    email: `${first}.${last}@${company.domain}`.toLowerCase(),
    emailStatus: "valid",
    linkedinUrl: `https://www.linkedin.com/in/${first}-${last}`.toLowerCase(),
    country: "Germany",
    city: "Berlin",
    company: company.key,
  };
}
