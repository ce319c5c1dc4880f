import { openSqliteDeliveryStore, openSqliteFactStore, openSqliteStore } from "../src/sqlite.js";

/** Opens the stores of one database that the steps of the fact-store suite use. */
export async function openStores(path: string) {
  return {
    events: await openSqliteStore({ path }),
    deliveries: await openSqliteDeliveryStore({ path }),
    facts: await openSqliteFactStore({ path }),
  };
}
