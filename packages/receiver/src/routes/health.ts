import { StoreError } from "@sessionhook/core";
import type { Context, Hono } from "hono";
import { requireAdmin } from "../admin-auth.js";
import { isLocal, ReceiveError } from "@sessionhook/ingest";
import type { Services } from "../services.js";
import { only } from "./only.js";

/** `/healthz` (the process answers), `/readyz` (the store takes writes), `/metrics` (Prometheus). */
export function healthRoutes(app: Hono, services: Services): void {
  const { store, metrics, queue, budget, adminToken, openMetrics } = services;
  only(app, "GET", "/healthz", (c) => c.json({ status: "ok" }));
  // The default check of HAProxy.
  app.options("/", (c) => c.body(null, 204, { allow: "GET, HEAD, OPTIONS" }));
  const once = services.requestScopedIo ? remembered : shared;
  const checkWritable = once(services.checkWritable, readyMs);
  only(app, "GET", "/readyz", async (c) => {
    try {
      await checkWritable();
    } catch (error) {
      if (!StoreError.isInstance(error)) throw error;
      throw notReady();
    }
    const failing = queue.failingFor;
    if (failing !== undefined && failing < failingMs) throw notReady();
    return c.json({ status: "ready" });
  });
  const admin = requireAdmin(adminToken);
  const open = (c: Context) => openMetrics && isLocal((name) => c.req.header(name));
  app.use("/metrics", (c, next) => (open(c) ? next() : admin(c, next)));
  only(app, "GET", "/metrics", async (c) => {
    const stored = await store.stats().catch((error: unknown) => {
      if (StoreError.isInstance(error)) return null;
      throw error;
    });
    c.header("content-type", "text/plain; version=0.0.4; charset=utf-8");
    return c.body(metrics.render(stored, queue.pending, budget().used, store.logBytes));
  });
}

/** An event that could not be kept this recently says more than the small write of the check, which a full disk may still hold. */
const failingMs = 5000;

function notReady(): ReceiveError {
  return new ReceiveError("store_unavailable", "The store takes no writes at the moment");
}

/** How long an answer of /readyz holds, in milliseconds: it needs no token, and each check is a durable write. */
const readyMs = 1000;

/**
 * Runs `check` at most once in `ms`, counted from its end: it may hold up everything for as long as it waits for a lock.
 * Whoever asks in between gets the same answer.
 */
function shared(check: () => Promise<void>, ms: number): () => Promise<void> {
  let last: Promise<void> | undefined;
  let until = Number.POSITIVE_INFINITY;
  const ended = () => (until = performance.now() + ms);
  return () => {
    if (last === undefined || performance.now() >= until) {
      until = Number.POSITIVE_INFINITY;
      last = check();
      last.then(ended, ended);
    }
    return last;
  };
}

/** Like {@link shared}, but hands on the outcome of a check that is over, never a promise of one under way. */
function remembered(check: () => Promise<void>, ms: number): () => Promise<void> {
  let failure: unknown;
  let until = 0;
  return async () => {
    if (Date.now() >= until) {
      failure = await check().then(
        () => undefined,
        (error: unknown) => error,
      );
      until = Date.now() + ms;
    }
    if (failure !== undefined) throw failure;
  };
}
