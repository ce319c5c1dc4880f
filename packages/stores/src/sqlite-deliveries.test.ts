import { describeDeliveryStore } from "@sessionhook/conformance/delivery-store-suite";
import { inMemory, inSqlite } from "../test/delivery-fixtures.js";

// The apps of Bun and Deno run these tests once more on their own node:sqlite.
const runtime = ["bun", "deno"].find((name) => name in process.versions) ?? "node";

describeDeliveryStore(`SQLite on ${runtime}`, inSqlite, inMemory);
