import { type Dynalite, startDynalite } from "@sessionhook/conformance/dynalite";
import { describeEventLog } from "@sessionhook/conformance/event-log-suite";
import { afterAll, beforeAll } from "vitest";
import { makeTable, tableClients, testClient } from "../test/dynamodb-fixture.js";
import { openDynamoDbStore } from "./dynamodb.js";

let dynalite: Dynalite;
beforeAll(async () => {
  dynalite = await startDynalite();
});
afterAll(async () => dynalite.stop());

for (const [name, make] of tableClients)
  describeEventLog(`DynamoDB, ${name}`, {
    persistent: true,
    make: async () => {
      const admin = testClient(dynalite.endpoint);
      const table = await makeTable(admin);
      admin.destroy();
      return {
        open: async () => openDynamoDbStore({ table, client: await make(dynalite.endpoint) }),
        cleanup: async () => undefined,
      };
    },
  });
