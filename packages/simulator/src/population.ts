import { type Company, makeCompany } from "./companies.js";
import { type Bot, bots } from "./data/devices.js";
import { type Device, makeDevice } from "./devices.js";
import { Fakers } from "./fakers.js";
import { timedId } from "./ids.js";
import { makeNetwork } from "./network.js";
import { makePerson, type Person } from "./people.js";
import { type Place, places } from "./places.js";
import { Random } from "./random.js";
import { makeSites, makeTenant, type Site } from "./sites.js";

const companyCount = 160;
const visitorCount = 420;
const hour = 3_600_000;
/** Simulated time is divided into slots. A visitor has at most one session per slot, so its sessions never overlap. */
export const slotLength = 2 * hour;
const slotCount = 84;

/** A browser on one of the sites, with the same visitor id, device and network in all its sessions. */
export interface Visitor {
  readonly vid: string;
  readonly site: Site;
  readonly place: Place;
  readonly device: Device;
  readonly bot: Bot | null;
  readonly network: ReturnType<typeof makeNetwork>;
  /** Null for an anonymous visitor. */
  readonly person: Person | null;
  /** Ends of its free slots in Unix milliseconds; the last one is used next. */
  readonly slots: number[];
}

/** The companies, people and visitors of one simulation, created on first use. Their number is limited. */
export class Population {
  readonly tenant: string;
  readonly #seed: string;
  readonly #now: number;
  readonly #fakers = new Fakers();
  readonly #sites: readonly Site[];
  readonly #companies: (Company | undefined)[] = [];
  readonly #visitors: (Visitor | undefined)[] = [];
  #generation = 0;

  constructor(seed: string, now: number) {
    this.#seed = seed;
    this.#now = now;
    const random = new Random(`${seed}/customer`);
    this.tenant = makeTenant(random);
    this.#sites = makeSites(random, this.#fakers, now);
  }

  #company(index: number): Company {
    const random = new Random(`${this.#seed}/company/${index}`);
    return (this.#companies[index] ??= makeCompany(
      random,
      this.#fakers,
      random.weighted(places),
      index,
      this.#now,
    ));
  }

  /** Returns a company; large ones are more frequent. */
  anyCompany(random: Random): Company {
    return this.#company(Math.floor(companyCount * random.next() ** 1.7));
  }

  /**
   * Returns a visitor with a free slot, and the end of that slot in Unix milliseconds.
   * @param identified true for a visitor with a person; otherwise any visitor, also a crawler
   */
  visit(random: Random, identified: boolean): { visitor: Visitor; slotEnd: number } {
    for (;;) {
      const index = Math.floor(visitorCount * random.next() ** 1.5);
      if (identified && !isIdentified(index)) continue;
      let visitor = this.#visitors[index];
      let slotEnd = visitor?.slots.pop();
      if (visitor === undefined || slotEnd === undefined) {
        visitor = this.#makeVisitor(index);
        this.#visitors[index] = visitor;
        slotEnd = visitor.slots.pop() as number;
      }
      return { visitor, slotEnd };
    }
  }

  #makeVisitor(index: number): Visitor {
    // When a browser without free slots is replaced by a new one, the person of its index does not change.
    const who = new Random(`${this.#seed}/person/${index}`);
    const random = new Random(`${this.#seed}/visitor/${index}/${this.#generation++}`);
    const employer = this.anyCompany(who);
    const bot = isBot(index) ? who.weighted(bots) : null;
    const atHome = bot === null && who.chance(0.8);
    const place = bot !== null ? (places[0] as Place) : atHome ? employer.place : who.weighted(places);
    const former = [this.anyCompany(who), this.anyCompany(who)];
    const person = isIdentified(index)
      ? makePerson(who, this.#fakers, place, employer, former, index, this.#now)
      : null;
    const device = makeDevice(random);
    return {
      vid: timedId("vis_", this.#now - random.int(8 * 24 * hour, 200 * 24 * hour), random),
      site: random.pick(this.#sites),
      place,
      device:
        bot === null
          ? device
          : { userAgent: bot.userAgent, screen: { width: 412, height: 732 }, mobile: false },
      bot,
      network: makeNetwork(random, place, bot),
      person,
      slots: random.sample(
        Array.from({ length: slotCount }, (_, slot) => this.#now - slot * slotLength),
        slotCount,
      ),
    };
  }
}

// Spread over the indexes, because low indexes visit more often than high ones.
const scattered = (index: number) => (index * 37 + 11) % 100;
const isIdentified = (index: number) => scattered(index) < 58;
const isBot = (index: number) => scattered(index) >= 96;
