import { type Facts, factsOf } from "../facts/facts.js";
import { identifierSpelling, linkedinUrl } from "../facts/linkedin.js";
import { mailboxOf } from "../facts/mailbox.js";
import { realId } from "../facts/placeholders.js";
import type { PersonQuery } from "../ports/fact-store.js";
import type { ReceivedEvent } from "../schema/event-types.js";
import { type Mention, mentionOfEmail, mentionOfPath, mentionOfProfile, piecesOf } from "./mentions.js";
import { personQueryError } from "./person-query.js";

/** A stored row of the event log. */
export interface SearchedRow {
  readonly raw: Uint8Array;
  /** Undefined where none are stored: then they are derived from the body. */
  readonly facts: Facts | undefined;
}

const decoder = new TextDecoder();

/**
 * Decides which rows belong to a person. Rows lead to visitors and sessions, and these to further rows: examine the log
 * again until `ids` does not grow any more.
 */
export class PersonSearch {
  /** The visitors and the sessions that were found, each with the number of steps that led to it. */
  readonly visitors = new Map<string, number>();
  readonly sessions = new Map<string, number>();
  /** The spellings of the address. */
  readonly #emails: ReadonlySet<string> | undefined;
  readonly #profileUrl: string | undefined;
  /** The identifier of the profile, in the form of `identifierSpelling`. */
  readonly #profileId: string | undefined;
  readonly #mention: Mention | undefined;
  /** The profile without its host. */
  readonly #path: Mention | undefined;
  /** The visitor or session of the query. */
  readonly #id: string | undefined;

  /** @throws RangeError for a query that `personQueryError` refuses */
  constructor(query: PersonQuery) {
    const error = personQueryError(query);
    if (error !== undefined) throw new RangeError(error);
    const { email, linkedin, visitorId, sessionId } = query;
    this.#id = (visitorId ?? sessionId)?.trim();
    if (visitorId !== undefined) this.visitors.set(visitorId.trim(), 0);
    if (sessionId !== undefined) this.sessions.set(sessionId.trim(), 0);
    if (email !== undefined) {
      const address = email.trim().normalize("NFC").toLowerCase();
      this.#emails = new Set([address, mailboxOf(address)]);
      this.#mention = mentionOfEmail([...this.#emails]);
    }
    if (linkedin === undefined) return;
    const text = linkedin.trim();
    this.#profileUrl = String(linkedinUrl(text.includes("/") ? text : `linkedin.com/in/${text}`));
    const path = this.#profileUrl.slice(this.#profileUrl.indexOf("linkedin.com") + "linkedin.com".length);
    // The profile itself: a page below it belongs to it too.
    const [, kind = "in", name = ""] = path.split("/");
    const paths = spellingsOf(name).map((spelling) => `/${kind}/${spelling}`);
    this.#mention = mentionOfProfile(paths);
    this.#path = mentionOfPath(paths);
    this.#profileId = identifierSpelling(text.includes("/") ? name : text);
  }

  /** Number of visitors and sessions that are known. */
  get ids(): number {
    return this.visitors.size + this.sessions.size;
  }

  /**
   * ASCII texts in lower case: a row without one of them does not name or mention the person; none if every row can. Undefined
   * for a query by visitor or session, which only the facts answer.
   */
  get pieces(): readonly string[] | undefined {
    // A body can name the identifier without an address of the profile.
    if (this.#profileId !== undefined) return piecesOf(this.#profileId);
    return this.#mention?.pieces;
  }

  /**
   * Returns the number of steps that lead to a row of the person; undefined for any other row. Rows with a higher number are to be
   * erased first: those that remain after an interruption still lead to each other.
   */
  examine(row: SearchedRow): number | undefined {
    const body = parsed(row.raw);
    const facts = row.facts ?? factsOf(body.value as ReceivedEvent);
    const { sessionVisitorId: visitor, sessionId: session } = facts;
    const steps = Math.min(
      this.#isNamedIn(facts) ? 0 : Infinity,
      (visitor === undefined ? undefined : this.visitors.get(visitor)) ?? Infinity,
      (session === undefined ? undefined : this.sessions.get(session)) ?? Infinity,
    );
    if (steps === Infinity) return this.#isMentionedIn(body) ? 0 : undefined;
    add(this.visitors, visitor, steps + 1);
    add(this.sessions, session, steps + 1);
    return steps;
  }

  #isNamedIn({ personEmail, personEmails, personLinkedinUrl, personLinkedinId }: Facts): boolean {
    const emails = this.#emails;
    if (emails !== undefined)
      for (const address of [personEmail ?? "", ...(personEmails ?? [])])
        if (emails.has(address) || emails.has(mailboxOf(address))) return true;
    if (this.#profileUrl !== undefined && personLinkedinUrl === this.#profileUrl) return true;
    return personLinkedinId !== undefined && identifierSpelling(personLinkedinId) === this.#profileId;
  }

  /**
   * Returns whether an expression of an operator, such as the filter of a replay, names the person as the query does: an address or a
   * profile anywhere in it, an identifier or the id of a visitor or session as a whole text in quotes.
   */
  isNamedBy(expression: string): boolean {
    if (this.#mention?.occursIn(expression) === true || this.#path?.occursIn(expression) === true)
      return true;
    return quotedTexts(expression).some(
      (text) =>
        (this.#id !== undefined && text === this.#id) ||
        (this.#profileId !== undefined && identifierSpelling(text) === this.#profileId) ||
        this.#emails?.has(mailboxOf(text.normalize("NFC").toLowerCase())) === true,
    );
  }

  /** The keys under which a cooldown for each person can be stored. */
  get cooldownKeys(): readonly string[] {
    const names = [...(this.#emails ?? []), ...(this.#profileUrl === undefined ? [] : [this.#profileUrl])];
    return names.map((name) => `person:${name.toLowerCase()}`);
  }

  #isMentionedIn({ text, value }: ParsedBody): boolean {
    const mention = this.#mention;
    if (mention === undefined) return false;
    return value === undefined ? mention.occursIn(text) : anyText(value, (each) => mention.occursIn(each));
  }
}

/** Returns the texts in quotes of an expression, without its escapes. */
function quotedTexts(expression: string): string[] {
  const texts = expression.matchAll(/"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'/gs);
  return [...texts].map(([, double, single]) => (double ?? single ?? "").replaceAll(/\\(.)/gs, "$1"));
}

interface ParsedBody {
  readonly text: string;
  /** Undefined if the body is not JSON. */
  readonly value: unknown;
}

function parsed(raw: Uint8Array): ParsedBody {
  const text = decoder.decode(raw);
  try {
    return { text, value: JSON.parse(text) as unknown };
  } catch {
    return { text, value: undefined };
  }
}

function add(ids: Map<string, number>, id: string | undefined, steps: number): void {
  if (id !== undefined && !ids.has(id) && realId(id) !== undefined) ids.set(id, steps);
}

/** A path is stored as received: with percent-encoded letters or without. */
function spellingsOf(name: string): readonly string[] {
  try {
    const decoded = decodeURIComponent(name);
    return [...new Set([decoded.toLowerCase(), encodeURIComponent(decoded).toLowerCase(), name])];
  } catch {
    return [name];
  }
}

/** Returns whether a test accepts one of the strings or names of parsed JSON, however deep it is. */
function anyText(root: unknown, accepts: (text: string) => boolean): boolean {
  const pending = [root];
  while (pending.length > 0) {
    const value = pending.pop();
    if (typeof value === "string") {
      if (accepts(value)) return true;
    } else if (typeof value === "object" && value !== null) {
      for (const [name, member] of Object.entries(value)) {
        if (!Array.isArray(value) && accepts(name)) return true;
        pending.push(member);
      }
    }
  }
  return false;
}
