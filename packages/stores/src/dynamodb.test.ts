import { describeEventStore } from "@sessionhook/conformance/event-store-suite";
import { afterAll, beforeAll } from "vitest";
import { Dynalite } from "../test/dynalite.js";
import { openDynamoDbStore } from "./dynamodb.js";

let dynalite: Dynalite;
beforeAll(async () => {
  dynalite = await Dynalite.start();
});
afterAll(async () => dynalite.stop());

describeEventStore("DynamoDB", {
  persistent: true,
  make: async () => {
    const client = dynalite.client();
    const table = await dynalite.makeTable(client);
    return {
      open: async () => openDynamoDbStore({ table, client }),
      cleanup: async () => client.destroy(),
    };
  },
});
