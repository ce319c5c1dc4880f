import { StoreError } from "@sessionhook/core";
import { expect, it } from "vitest";
import { deliveryServer, event, failed, start } from "./delivery-server.js";

async function metricsOf({ call }: Pick<Awaited<ReturnType<typeof deliveryServer>>, "call">) {
  const text = await (await call("GET", "/metrics")).text();
  return (name: string) => {
    const line = text.split("\n").find((one) => one.startsWith(`sessionhook_${name} `));
    return line === undefined ? undefined : Number(line.split(" ").at(-1));
  };
}

it("counts attempts by outcome from zero on, and measures them", async () => {
  const server = await deliveryServer();
  const before = await metricsOf(server);
  expect(before('deliveries_total{destination="crm",outcome="retry"}')).toBe(0);
  expect(before('attempt_duration_seconds_count{destination="crm"}')).toBe(0);
  const retry = { outcome: failed, next: { state: "waiting", dueAt: start + 5000, used: true } } as const;
  await server.deliveries.attempt("crm", { ...retry, durationMs: 300 }, 2);
  await server.deliveries.attempt("crm", { outcome: { outcome: "delivered" }, next: { state: "delivered" } });
  const after = await metricsOf(server);
  expect(after('deliveries_total{destination="crm",outcome="retry"}')).toBe(2);
  expect(after('deliveries_total{destination="crm",outcome="delivered"}')).toBe(1);
  expect(after('attempt_duration_seconds_bucket{destination="crm",le="0.25"}')).toBe(1);
  expect(after('attempt_duration_seconds_bucket{destination="crm",le="0.5"}')).toBe(3);
  expect(after('attempt_duration_seconds_sum{destination="crm"}')).toBeCloseTo(0.612);
});

it("reads open deliveries, dead letters, due time, state and lag from the store, so that a restart changes nothing", async () => {
  const server = await deliveryServer();
  await server.deliveries.attempt("crm", { outcome: failed, next: { state: "dead" } }, 1);
  await server.deliveries.setState("chat", { status: "cooling" });
  await server.deliveries.store.register(["gone"], start);
  await server.store.append([event("evt_4")]);
  server.clock.now += 125_500;
  const metric = await metricsOf(server);
  const restarted = await metricsOf(server.restart());
  for (const name of ["deliveries_open", "deliveries_dead", "oldest_due_seconds"])
    expect(restarted(`${name}{destination="crm"}`), name).toBe(metric(`${name}{destination="crm"}`));
  expect(restarted('destination_state{destination="chat",state="cooling"}')).toBe(1);
  expect(metric('deliveries_open{destination="crm"}')).toBe(2);
  expect(metric('deliveries_dead{destination="crm"}')).toBe(1);
  expect(metric('oldest_due_seconds{destination="crm"}')).toBe(125.5);
  expect(metric('oldest_due_seconds{destination="gone"}')).toBe(0);
  expect(metric('destination_state{destination="crm",state="ready"}')).toBe(1);
  expect(metric('destination_state{destination="chat",state="ready"}')).toBe(0);
  expect(metric('destination_state{destination="chat",state="cooling"}')).toBe(1);
  expect(metric('destination_state{destination="gone",state="orphaned"}')).toBe(1);
  expect(metric("router_lag_events")).toBe(1);
});

it("escapes names, and leaves out what a store that cannot be reached has", async () => {
  const server = await deliveryServer();
  server.deliveries.configured = [{ name: 'a"b\\c\nd', type: "http", target: "x" }];
  const metric = await metricsOf(server);
  expect(metric('deliveries_total{destination="a\\"b\\\\c\\nd",outcome="retry"}')).toBe(0);
  server.deliveries.store.lag = () => Promise.reject(new StoreError("store_unavailable", "gone"));
  const without = await metricsOf(server);
  expect(without("router_lag_events")).toBeUndefined();
  expect(without('deliveries_open{destination="crm"}')).toBeUndefined();
  expect(without("store_up")).toBe(1);
});
