import type { NewEvent, PlannedDelivery } from "@sessionhook/core";
import { factsOf } from "@sessionhook/core/facts";
import { planned, start } from "../delivery-store/steps.js";
import { newEvent } from "../event-log/events.js";
import type { PrivacyStores } from "./harness.js";

export const jane = { email: "jane.doe@example.com" };

interface Visit {
  readonly vid?: string;
  readonly sid?: string;
  readonly email?: string;
  readonly linkedin?: string;
  readonly linkedinId?: string;
  readonly page?: string;
}

/** Returns an event of a visitor, with the fields that identify a person. */
export function visit(
  id: string,
  { vid, sid, email, linkedin, linkedinId, page }: Visit,
  fields: Partial<NewEvent> = {},
) {
  const raw = JSON.stringify({
    type: "identity.session.finalized",
    id,
    data: {
      session: { vid, sid, landingPage: page },
      enrichment: { person: { email, linkedinUrl: linkedin, linkedinId } },
    },
  });
  return newEvent({ id, raw: new TextEncoder().encode(raw), ...fields } as Parameters<typeof newEvent>[0]);
}

/** Appends events and routes those that can be, as the router does: with their facts. */
export async function store(
  { events, deliveries }: PrivacyStores,
  appended: readonly NewEvent[],
  plan: (id: string) => readonly PlannedDelivery[] = () => [],
): Promise<void> {
  await deliveries.register(["archive", "crm"], start - 1);
  await events.append(appended);
  for (;;) {
    const { events: batch, token } = await deliveries.unrouted(100);
    if (batch.length === 0) return;
    const decisions = batch.map(({ id, raw }) => ({
      eventId: id,
      facts: factsOf(JSON.parse(new TextDecoder().decode(raw)) as never),
      deliveries: plan(id),
    }));
    if (!(await deliveries.plan(token, decisions, start))) throw new Error("The plan was refused");
  }
}

export const toCrm = () => [planned("crm")];

export async function collect<T>(rows: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const row of rows) all.push(row);
  return all;
}
