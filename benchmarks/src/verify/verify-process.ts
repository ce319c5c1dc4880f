import process from "node:process";
import { benchVerify } from "./verify-parse-validate.ts";

/** Measures one event size on the current runtime (arguments: `bytes rounds roundMs`) and prints the results as JSON. */
const [bytes = 0, rounds = 0, roundMs = 0] = process.argv.slice(2).map(Number);
console.log(JSON.stringify(benchVerify(bytes, { rounds, roundMs })));
