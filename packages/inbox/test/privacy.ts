import { SteppedDeliveries } from "@sessionhook/conformance/delivery-control";
import { recordsOfStored } from "@sessionhook/core/derive";
import { personEvent } from "@sessionhook/conformance/person-event";
import { openPrivacyStore } from "@sessionhook/stores";
import {
  createMemoryDeliveryStore,
  createMemoryFactStore,
  createMemoryStore,
} from "@sessionhook/stores/memory";
import { makeEvent, makeInbox, start } from "./events.js";
import { hostileTexts } from "./sample-events.js";

export const email = "jane.doe@example.com";
export const hostileName = `</strong><script>window.hacked = 1</script>\u202e`;

/** Returns an event of a person. */
function visit(id: string, address: string, vid: string) {
  return makeEvent({ id, body: personEvent({ id, vid, sid: `ses_${id}`, email: address }) });
}

/** An inbox with events of two people, one of them with a hostile message id, delivered to a destination with a hostile name. */
export async function makePrivacyInbox(count = 30) {
  const store = createMemoryStore();
  const facts = createMemoryFactStore(store);
  const destinations = [
    { name: hostileName, type: "http", target: "https://api.example.com" },
    { name: "warehouse", type: "files", target: "./data" },
  ];
  const deliveries = new SteppedDeliveries(
    createMemoryDeliveryStore(store),
    store,
    destinations,
    () => start,
  );
  await deliveries.register();
  const events = Array.from({ length: count }, (_, i) => visit(`evt_jane_${i}`, email, "vis_jane"));
  events.push(visit("evt_john", "john@example.org", "vis_john"));
  events.push(
    makeEvent({
      id: hostileTexts[0]?.slice(0, 200) ?? "",
      status: "quarantined",
      body: email,
    }),
  );
  const privacy = await openPrivacyStore("memory:", store);
  const inbox = await makeInbox(events, { store, facts, privacy, delivery: deliveries });
  await deliveries.route();
  await deliveries.attempt(
    hostileName,
    { outcome: { outcome: "delivered" }, next: { state: "delivered" } },
    2,
  );
  await facts.startRebuild(start);
  while (!(await facts.rebuildStep(500, recordsOfStored)).done);
  const post = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
    inbox.app.request(path, {
      method: "POST",
      headers: { cookie: inbox.cookie, "sec-fetch-site": "same-origin", ...headers },
      body: new URLSearchParams(fields),
    });
  return { ...inbox, store, deliveries, post };
}
