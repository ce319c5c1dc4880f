import { StoreError } from "@sessionhook/core";
import type { Context, Hono } from "hono";
import { requireAdmin } from "../admin-auth.js";
import { isLocal, ReceiveError } from "@sessionhook/ingest";
import type { Services } from "../services.js";
import { MetricsText } from "../metrics-text.js";
import { onlyWithQuery } from "./only.js";

/** `/healthz` (the process responds), `/readyz` (the store accepts writes), `/metrics` (Prometheus). */
export function healthRoutes(app: Hono, services: Services): void {
  const {
    store,
    facts,
    lastBackupAt,
    metrics,
    deliveryMetrics,
    queue,
    budget,
    adminToken,
    openMetrics,
    signInFailed,
    now,
  } = services;
  onlyWithQuery(app, "/healthz", (c) => c.json({ status: "ok" }));
  // The default check of HAProxy.
  app.options("/", (c) => c.body(null, 204, { allow: "GET, HEAD, OPTIONS" }));
  const once = services.requestScopedIo ? remembered : shared;
  const checkWritable = once(services.checkWritable, readyMs);
  const isReady = async () => {
    try {
      await checkWritable();
    } catch (error) {
      if (!StoreError.isInstance(error)) throw error;
      return false;
    }
    const failing = queue.failingFor;
    return failing === undefined || failing >= failingMs;
  };
  onlyWithQuery(app, "/readyz", async (c) => {
    if (!(await isReady())) throw notReady();
    return c.json({ status: "ready" });
  });
  const admin = requireAdmin(adminToken, signInFailed);
  const open = (c: Context) => openMetrics && isLocal((name) => c.req.header(name));
  app.use("/metrics", (c, next) => (open(c) ? next() : admin(c, next)));
  onlyWithQuery(app, "/metrics", async (c) => {
    const orUndefined = (error: unknown) => {
      if (StoreError.isInstance(error)) return undefined;
      throw error;
    };
    const [ready, stored, derived, deliveries, backupAt] = await Promise.all([
      isReady(),
      store.stats().catch(orUndefined),
      facts?.status().catch(orUndefined),
      deliveryMetrics.read(now()).catch(orUndefined),
      // The database may be missing, which `store_up` shows.
      lastBackupAt?.().catch(() => undefined),
    ]);
    const text = new MetricsText();
    metrics.render(text, {
      ready,
      stored: stored ?? null,
      derived,
      pending: queue.pending,
      memoryBudgetUsed: budget().used,
      logBytes: store.logBytes,
      lastBackupAt: backupAt ?? undefined,
    });
    deliveryMetrics.render(text, deliveries);
    c.header("content-type", "text/plain; version=0.0.4; charset=utf-8");
    return c.body(text.toString());
  });
}

/** A write that failed this recently outweighs the small write of the check, which may fit on a full disk. In milliseconds. */
const failingMs = 5000;

function notReady(): ReceiveError {
  return new ReceiveError("store_unavailable", "The store does not accept writes at the moment");
}

/** Time for which a response of /readyz is cached, in milliseconds: it requires no token, and each check is a durable write. */
const readyMs = 1000;

/**
 * Runs `check` at most once in `ms`, counted from its end, because a check can block the thread while it waits for a
 * lock. Calls in between get the same result.
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

/** Like {@link shared}, but returns the outcome of a finished check, never the promise of a running one. */
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
