import { Presence } from "../src/sqlite.js";

// Is present at a database until it is killed. Prints its name, and those of the processes that it found ended.
const [path = ""] = process.argv.slice(2);
const presence = new Presence(path);
const ended = presence.endedOwners();
process.stdout.write(`${[presence, ...ended].map(({ owner }) => owner).join(" ")}\n`);
setInterval(() => ended.length, 1000);
// Garbage collection must not end the presence.
setInterval(() => new Uint8Array(1e6).fill(1), 1);
