import type { DerivedRecords } from "@sessionhook/core";

/** At most so many events of a session are merged, those of the highest precedence. */
export const mostMerged = 32;

/**
 * Returns the records of a session from those of its events. The first event describes the visit. A final event without enrichment
 * names no person, so the person is that of the first event that names one; an address alone counts in a final event only, unless
 * no event has more. The company is the one of that event, else of the first event that has one. The status of the address is that of the
 * newest validation since.
 * @param events at least one, each with the session; the highest precedence first
 * @param naming events that refer to the session; they count after the others. The highest precedence first
 */
export function mergeRecords(
  events: readonly DerivedRecords[],
  naming: readonly DerivedRecords[] = [],
): DerivedRecords {
  const top = events[0] as DerivedRecords;
  const all = [...events, ...naming];
  const { who, firm } = choose(all);
  const checked = who && newestCheck(who, all);
  if (all.length === 1 || (who === top && firm === top && checked === undefined)) return top;
  const company = firm?.company;
  const person = who?.person && {
    ...who.person,
    emailStatus: checked ?? who.person.emailStatus,
    company: company?.key ?? null,
  };
  const session = top.session && {
    ...top.session,
    person: person?.key ?? null,
    personName: person?.name ?? null,
    personTitle: person?.title ?? null,
    personEmail: person?.email ?? null,
    company: company?.key ?? null,
    companyName: company?.name ?? null,
    companyDomain: company?.domain ?? null,
    companyEmployeeCount: company?.employeeCount ?? null,
  };
  return { ...top, session, person, company };
}

/**
 * Returns whether events of lower precedence would not change the merged records.
 * @param newest time of the newest of those events, in Unix milliseconds
 */
export function isComplete(events: readonly DerivedRecords[], newest: number): boolean {
  const { who, firm } = choose(events);
  return who !== undefined && isSettled(who) && firm !== undefined && newest < who.precedence.at;
}

/** Returns the status by the newest validation of the person's address that is not older than the event that names the person. */
function newestCheck(who: DerivedRecords, all: readonly DerivedRecords[]): string | undefined {
  const found = all.flatMap(({ checks = [], precedence: { at } }) =>
    checks.filter(({ address }) => address === who.person?.email).map(({ status }) => ({ status, at })),
  );
  const newest = Math.max(who.precedence.at, ...found.map(({ at }) => at));
  return found.find(({ at }) => at === newest)?.status;
}

function choose(events: readonly DerivedRecords[]) {
  const who = events.find(isSettled) ?? events.find(({ person }) => person !== undefined);
  const firm = who?.company === undefined ? events.find(({ company }) => company !== undefined) : who;
  return { who, firm };
}

/** Returns whether the person of an event counts before those of later ones. `identity.validated` has an e-mail address only. */
function isSettled({ person, precedence }: DerivedRecords): boolean {
  return person !== undefined && (precedence.final || person.name !== null || person.linkedinUrl !== null);
}
