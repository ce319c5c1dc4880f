import { type Dynalite, startDynalite } from "@sessionhook/conformance/dynalite";
import { describeEventStore } from "@sessionhook/conformance/event-store-suite";
import { afterAll, beforeAll } from "vitest";
import { makeTable, testClient } from "../test/dynamodb-place.js";
import { openDynamoDbStore } from "./dynamodb.js";

let dynalite: Dynalite;
beforeAll(async () => {
  dynalite = await startDynalite();
});
afterAll(async () => dynalite.stop());

describeEventStore("DynamoDB", {
  persistent: true,
  make: async () => {
    const client = testClient(dynalite.endpoint);
    const table = await makeTable(client);
    return {
      open: async () => openDynamoDbStore({ table, client }),
      cleanup: async () => client.destroy(),
    };
  },
});
