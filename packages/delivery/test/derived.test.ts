import { createMemoryFactStore } from "@sessionhook/stores/memory";
import { expect, it } from "vitest";
import { World } from "./support/world.js";

const nothing = (...names: string[]) => Object.fromEntries(names.map((name) => [name, null]));

/** An event that this version accepts, about one person. */
const ada = {
  type: "identity.resolved",
  id: "evt_1",
  created: 1,
  data: {
    attribution: { prid: "r", pixelId: "p", sessionId: "s", type: "t", vid: "v" },
    session: null,
    identity: {
      demographics: nothing("firstName", "lastName", "hasChildren", "isHomeowner", "isMarried"),
      location: nothing("city", "country", "state"),
      professional: nothing("companyName", "jobTitle"),
      phones: [],
      emails: [],
      linkedinUrl: "https://www.linkedin.com/in/ada",
    },
  },
};

it("derives rows of an event that is stored as accepted, and none of one that waits for its recheck", async () => {
  const world = new World();
  const facts = createMemoryFactStore(world.eventLog);
  const process = world.process({ factsOf: undefined });
  await world.append(1, ada, { status: "quarantined" });
  await process.runOnce(1000);
  const person = () => facts.person("linkedin:https://www.linkedin.com/in/ada");
  expect(await person()).toBeUndefined();
  await world.append(1, ada);
  await process.runOnce(1000);
  expect(await person()).toBeDefined();
});
