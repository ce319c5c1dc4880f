import { type Command, Option } from "commander";
import type { ApiOptions, Query } from "../admin-api.js";
import type { ListOptions } from "../print-list.js";
import { integer, timeForms, timeSince } from "../option-parsers.js";

/** The options that select sessions, people or companies. */
export interface VisitOptions extends ApiOptions {
  readonly q?: string;
  readonly since?: (now: number) => number;
  readonly until?: (now: number) => number;
  readonly source?: string;
  readonly medium?: string;
  readonly campaign?: string;
  readonly landingPage?: string;
  readonly referrer?: string;
  readonly country?: string;
  readonly company?: string;
  readonly employeesFrom?: number;
  readonly employeesTo?: number;
  readonly identified?: boolean;
  readonly bots?: string;
  readonly person?: string;
  readonly visitor?: string;
}

export type VisitListOptions = VisitOptions & ListOptions;

/** Adds the options that all lists of visits have. */
export function addVisitOptions(command: Command): Command {
  return addRangeOptions(
    command.option(
      "--q <text>",
      "beginnings of words of a name, an e-mail address, a company or a domain, or the beginning of an id",
    ),
  )
    .option("--source <source>", 'only from this source; "" for those without one, also in the next options')
    .option("--medium <medium>", "only from this medium")
    .option("--campaign <campaign>", "only from this campaign")
    .option("--landing-page <path>", "only with this path of the first page")
    .option("--referrer <domain>", "only with this domain of the referrer")
    .option("--country <code>", "only from this country, such as DE")
    .option("--company <key>", "only of the company with this key")
    .option(
      "--employees-from <n>",
      "only companies with at least this number of employees",
      integer(0, 999_999_999),
    )
    .option("--employees-to <n>", "only companies with fewer employees than this", integer(0, 999_999_999));
}

/** Adds the options that only sessions have. */
export function addSessionOptions(command: Command): Command {
  return addVisitOptions(command)
    .option("--identified", "only with an identified person")
    .option("--no-identified", "only without an identified person")
    .addOption(new Option("--bots <which>", "without bots, or only bots").choices(["without", "only"]))
    .option("--person <key>", "only of the person with this key")
    .option("--visitor <id>", "only of the visitor with this id");
}

/** Adds the options that select a time. */
export function addRangeOptions(command: Command): Command {
  return command
    .option("--since <time>", `only since then: ${timeForms}`, timeSince)
    .option("--until <time>", "only before then", timeSince);
}

/** Returns the query of the server for these options. */
export function visitQuery(options: VisitOptions, now: number): Query {
  const { q, source, medium, campaign, landingPage, referrer, country } = options;
  const { company, employeesFrom, employeesTo, identified, bots, person, visitor } = options;
  return {
    q,
    from: options.since?.(now),
    to: options.until?.(now),
    source,
    medium,
    campaign,
    landingPage,
    referrer,
    country,
    company,
    employeesFrom,
    employeesTo,
    identified,
    bots,
    person,
    visitorId: visitor,
  };
}
