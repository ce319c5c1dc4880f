import { type Company, type GivenCompany, makeCompany } from "../companies.js";
import { type Bot, bots } from "../data/devices.js";
import { brand, companyWords, freemailHosts } from "../data/history.js";
import { industries } from "../data/industries.js";
import { siteKinds } from "../data/site-kinds.js";
import { makeDevice } from "../devices.js";
import { Fakers } from "../fakers.js";
import { slug, timedId } from "../ids.js";
import { makeNetwork } from "../network.js";
import { type GivenPerson, makePerson, type Person } from "../people.js";
import { type Place, places } from "../places.js";
import type { Visitor } from "../population.js";
import { Random } from "../random.js";
import { makeSite, makeTenant, type Site } from "../sites.js";
import { day } from "./rhythm.js";

/** The website of the history, with the companies that visit it and makers of their people. */
export class World {
  readonly tenant: string;
  readonly site: Site;
  readonly #seed: string;
  readonly #now: number;
  readonly #fakers = new Fakers();
  readonly #companies: readonly Company[];
  readonly #handles = new Set<string>();
  #people = 0;

  constructor(seed: string, now: number, companyCount: number) {
    this.#seed = seed;
    this.#now = now;
    const random = new Random(`${seed}/customer`);
    this.tenant = makeTenant(random);
    this.site = makeSite(random, { host: "www", brand, kind: siteKinds[0] }, now);
    this.#companies = Array.from({ length: companyCount }, (_, index) => this.#makeCompany(index));
  }

  /** Returns a company that visits the site; some are much more frequent than others. */
  anyCompany(random: Random): Company {
    return this.#companies[Math.floor(this.#companies.length * random.next() ** 1.7)] as Company;
  }

  #makeCompany(index: number): Company {
    const random = new Random(`${this.#seed}/company/${index}`);
    const industry = random.weighted(industries);
    const name = this.#nameOf(random, random.pick(companyWords), random.pick(industry.suffixes));
    return this.company(random, random.weighted(places), { name, industry });
  }

  company(random: Random, place: Place, given: GivenCompany & { readonly name: string }): Company {
    const handle = slug(given.name);
    this.#handles.add(handle);
    return makeCompany(random, this.#fakers, place, 0, this.#now, { ...given, handle });
  }

  #nameOf(random: Random, word: string, suffix: string): string {
    const name = `${word} ${suffix}`;
    if (!this.#handles.has(slug(name))) return name;
    return this.#nameOf(random, `${random.pick(companyWords)} ${word}`, suffix);
  }

  person(random: Random, company: Company, place: Place, given?: GivenPerson): Person {
    const former = [this.anyCompany(random), this.anyCompany(random)];
    return makePerson(random, this.#fakers, place, company, former, this.#people++, this.#now, given);
  }

  /** Creates a person who is known by a private address only. */
  privatePerson(random: Random, place: Place): Person {
    const person = this.person(random, this.anyCompany(random), place);
    const [name = "m"] = person.workMail.split("@");
    const privateMail = `${name.replaceAll(".", "_")}_@${random.pick(freemailHosts)}`;
    return {
      ...person,
      workMail: privateMail,
      privateMail,
      freemail: true,
      person: { ...person.person, email: privateMail, headline: null, summary: null, experience: [] },
      identity: { ...person.identity, professional: { companyName: null, jobTitle: null } },
    };
  }

  /** Creates a browser on the site. */
  visitor(random: Random, place: Place, person: Person | null, since: number): Visitor {
    return this.#visitor(random, place, { person, bot: null, since, device: makeDevice(random) });
  }

  bot(random: Random, since: number): Visitor {
    const bot = random.weighted(bots);
    const device = { userAgent: bot.userAgent, screen: { width: 412, height: 732 }, mobile: false };
    return this.#visitor(random, places[0] as Place, { person: null, bot, since, device });
  }

  #visitor(
    random: Random,
    place: Place,
    rest: Pick<Visitor, "person" | "device"> & { bot: Bot | null; since: number },
  ): Visitor {
    const { since, ...visitor } = rest;
    return {
      ...visitor,
      vid: timedId("vis_", since - random.int(0, 30) * day, random),
      site: this.site,
      place,
      network: makeNetwork(random, place, visitor.bot),
      slots: [],
    };
  }
}
