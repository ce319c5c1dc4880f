import { openSqlitePrivacyStore } from "../src/sqlite-privacy.js";

// Erases the data of a person, and prints a line before it begins and when it has finished.
const [path = "", email = ""] = process.argv.slice(2);
const privacy = await openSqlitePrivacyStore({ path });
process.stdout.write("begins\n");
await privacy.erase({ email }, 1_771_000_900_000);
process.stdout.write("done\n");
await privacy.close();
