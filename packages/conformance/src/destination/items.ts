import { type DeliveryItem, type EventStatus, noIssues } from "@sessionhook/core";
import { factsOf } from "@sessionhook/core/facts";

/** Personal data in every event of this suite; no outcome, reason or log may contain any of it. */
export const personalData = [
  "Zyxwina",
  "Quellenbaum",
  "Śląska-Ñandú",
  "zyxwina.quellenbaum@canary.example",
  "canary.example",
  "+49 30 5550 1234",
  "linkedin.com/in/zyxwina-q",
  "203.0.113.77",
  "Chief Canary Officer",
] as const;

const [firstName, lastName, city, email, domain, phone, linkedin, ip, title] = personalData;

let last = 0;

export interface ItemOptions {
  readonly raw?: Uint8Array;
  readonly attempt?: number;
  readonly replay?: string | null;
  readonly status?: EventStatus;
  /** Default: those of the event. */
  readonly facts?: undefined;
  readonly id?: string;
}

/** Returns a delivery of a new event; its message id is also the name of its company. */
export function deliveryItem(options: ItemOptions = {}): DeliveryItem {
  last += 1;
  const id = options.id ?? `evt${last}x${crypto.randomUUID().slice(0, 8)}`;
  const type = "identity.session.finalized";
  const event = {
    id,
    type,
    created: 1_780_315_200,
    data: {
      person: { firstName, lastName, title, emails: [email], phones: [phone], linkedin, city },
      company: { name: id, domain },
      network: { ip },
    },
  };
  const raw = options.raw ?? new TextEncoder().encode(JSON.stringify(event));
  const facts = {
    ...factsOf({ type, id } as unknown as Parameters<typeof factsOf>[0]),
    personFirstName: firstName,
    personLastName: lastName,
    personEmail: email,
    personTitle: title,
    personCity: city,
    companyName: id,
    companyDomain: domain,
    companyEmployeeCount: 1200,
    pages: ["/pricing", "/docs"],
    utmSource: "newsletter",
  };
  return {
    deliveryId: `delivery-${id}`,
    attempt: options.attempt ?? 1,
    replay: options.replay ?? null,
    facts: "facts" in options ? undefined : facts,
    event: {
      id,
      version: 1,
      type,
      status: options.status ?? "accepted",
      ...noIssues,
      receivedAt: 1_780_315_200_000,
      attemptTimestamp: 1_780_315_200,
      size: raw.length,
      duplicates: 0,
      position: String(last),
      raw,
      signature: "v1,c2lnbmF0dXJl",
    },
  };
}

export function deliveryItems(count: number): DeliveryItem[] {
  return Array.from({ length: count }, () => deliveryItem());
}

/** A context whose attempt never ends by itself. */
export const noDeadline = { signal: new AbortController().signal, now: Date.now };
