import { seconds } from "../cells.js";
import { type Finding, findingsOf } from "./finding.js";
import type { Answer } from "./probe.js";

const finding = findingsOf("clock");

/** Compares the Date header of an answer with the clock of this machine. */
export function checkClock({ url, headers, sentAt, receivedAt }: Answer, toleranceSeconds: number): Finding {
  const date = Date.parse(headers.get("date") ?? "");
  if (Number.isNaN(date)) return finding("not checked", `${url.origin} sends no valid Date header`);
  // The header has whole seconds, and the server wrote it between both times.
  const difference = date > receivedAt ? date - receivedAt : Math.max(0, sentAt - date - 1000);
  const differenceSeconds = difference / 1000;
  if (differenceSeconds <= 5)
    return finding("ok", `the clocks of the server and of this machine differ by at most 5 s`);
  const message = `the clock of the server is ${seconds(differenceSeconds)} ${date > receivedAt ? "ahead of" : "behind"} this machine`;
  const action = "synchronise both clocks (NTP)";
  if (differenceSeconds <= toleranceSeconds) return finding("warning", message, action);
  return finding(
    "failed",
    `${message}, more than the tolerance of ${toleranceSeconds} s`,
    `${action}: genuine messages get 401 timestamp_too_old or timestamp_too_new`,
  );
}
