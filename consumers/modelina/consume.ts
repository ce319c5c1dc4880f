// Writes the samples, which the compiler has checked.
import { writeFileSync } from "node:fs";
import { valid } from "./generated/samples.js";

const roundTrips = Object.fromEntries(Object.entries(valid).map(([name, { event }]) => [name, event]));
writeFileSync(process.argv[3] ?? "", JSON.stringify({ roundTrips }));
