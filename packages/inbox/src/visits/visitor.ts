import type { SessionRow } from "@sessionhook/core";

type Visitor = Pick<
  SessionRow,
  "bot" | "person" | "personName" | "personEmail" | "companyName" | "companyDomain"
>;

/** Returns the most telling name of a visitor that the session has; null for one who was not identified. */
export function knownName({ personName, personEmail }: Visitor): string | null {
  return personName ?? personEmail;
}

/** Returns the name under which pages show a visitor. */
export function visitorName(session: Visitor): string {
  const name = knownName(session);
  if (name !== null) return name;
  if (session.bot) return "Bot";
  if (session.person !== null) return "Person without a name";
  const company = session.companyName ?? session.companyDomain;
  return company === null ? "Anonymous visitor" : `Someone at ${company}`;
}

/** Returns the second line of a visitor: title and company, as far as they are known. */
export function visitorLine(session: SessionRow): string {
  const company = session.companyName ?? session.companyDomain;
  const parts = [session.personTitle, knownName(session) === null && !session.bot ? null : company];
  return parts.filter((part) => part !== null).join(" · ");
}
