import { type Dynalite, startDynalite } from "@sessionhook/conformance/dynalite";
import { describeEventLog } from "@sessionhook/conformance/event-log-suite";
import { afterAll, beforeAll } from "vitest";
import { makeTable, testClient } from "../test/dynamodb-fixture.js";
import { openDynamoDbStore } from "./dynamodb.js";

let dynalite: Dynalite;
beforeAll(async () => {
  dynalite = await startDynalite();
});
afterAll(async () => dynalite.stop());

describeEventLog("DynamoDB", {
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
