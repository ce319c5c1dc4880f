import { expect, it } from "vitest";
import { Metrics } from "./metrics.js";
import { MetricsText } from "./metrics-text.js";

/** Returns the lines of a counter, without its name. */
function linesOf(metrics: Metrics, name: string): string[] {
  const text = new MetricsText();
  const now = {
    ready: false,
    stored: null,
    derived: undefined,
    logBytes: undefined,
    lastBackupAt: undefined,
  };
  metrics.render(text, { ...now, pending: 0, memoryBudgetUsed: 0 });
  const prefix = `sessionhook_${name}`;
  return String(text)
    .split("\n")
    .filter((line) => line.startsWith(`${prefix}{`))
    .map((line) => line.slice(prefix.length));
}

it("counts messages by status from zero on", () => {
  const metrics = new Metrics();
  metrics.acknowledged("duplicate");
  expect(linesOf(metrics, "messages_total")).toEqual([
    '{status="accepted"} 0',
    '{status="quarantined"} 0',
    '{status="unrecognized"} 0',
    '{status="conflict"} 0',
    '{status="duplicate"} 1',
  ]);
});

it("counts rejected requests by code from zero on", () => {
  const metrics = new Metrics();
  metrics.rejected("overloaded");
  const lines = linesOf(metrics, "rejections_total");
  for (const line of [
    '{code="signature_mismatch"} 0',
    '{code="timestamp_too_old"} 0',
    '{code="store_unavailable"} 0',
    '{code="overloaded"} 1',
  ])
    expect(lines).toContain(line);
  // Only the API answers with this code, and its requests are not counted here.
  expect(lines).not.toContain('{code="unauthorized"} 0');
});

it("counts failed sign-ins by reason from zero on", () => {
  const metrics = new Metrics();
  metrics.signInFailed("wrong_token");
  expect(linesOf(metrics, "failed_sign_ins_total")).toEqual([
    '{reason="no_token"} 0',
    '{reason="wrong_token"} 1',
    '{reason="too_many"} 0',
    '{reason="used_link"} 0',
    '{reason="other_site"} 0',
  ]);
});
