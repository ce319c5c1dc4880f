// Loaded before the app with --import: moves its wall clock by the seconds in a file, read at most every 20 ms.
// The monotonic clock stays, as on a machine whose clock is set.
import { readFileSync } from "node:fs";

const file = process.env.CLOCK_OFFSET_FILE;
const RealDate = Date;
const realNow = Date.now.bind(Date);
let offset = 0;
let readAt = Number.NEGATIVE_INFINITY;

function now() {
  if (performance.now() - readAt > 20) {
    readAt = performance.now();
    offset = Number(readFileSync(file, "utf8")) * 1000;
  }
  return realNow() + offset;
}

globalThis.Date = class Date extends RealDate {
  constructor(...args) {
    if (args.length === 0) super(now());
    else super(...args);
  }
  static now() {
    return now();
  }
};
