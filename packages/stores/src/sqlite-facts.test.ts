import { describeFactStore } from "@sessionhook/conformance/fact-store-suite";
import { factsInMemory, factsInSqlite } from "../test/fact-fixtures.js";

// The apps of Bun and Deno run these tests once more on their own node:sqlite.
const runtime = ["bun", "deno"].find((name) => name in process.versions) ?? "node";

describeFactStore(`SQLite on ${runtime}`, factsInSqlite, factsInMemory);
