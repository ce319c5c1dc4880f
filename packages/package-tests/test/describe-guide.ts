import { afterAll, afterEach, beforeAll, describe, expect, it, type MockInstance, vi } from "vitest";
import { sessions } from "../src/sessions.js";
import { type SignedMessage, message, signed } from "./signed-message.js";

/** Sends a request to the snippet of a guide, running in its framework. */
export type Send = (path: string, init: RequestInit) => Promise<Response>;

export interface GuideHarness {
  start(): Promise<Send>;
  stop?(): Promise<void>;
  /** Status of a GET; where the framework answers it itself, its own. Default 405. */
  readonly getStatus?: number;
}

/** Tests the promises of every guide on the running snippet. */
export function describeGuide(name: string, { start, stop, getStatus = 405 }: GuideHarness): void {
  describe(`guide: ${name}`, () => {
    let send: Send;
    let errors: MockInstance<typeof console.error>;
    beforeAll(async () => {
      errors = vi.spyOn(console, "error").mockImplementation(() => undefined);
      send = await start();
    });
    afterEach(() => {
      errors.mockClear();
      sessions.error = undefined;
    });
    afterAll(async () => {
      errors.mockRestore();
      await stop?.();
    });
    const post = async ({ body, headers }: Pick<SignedMessage, "body" | "headers">) => {
      const answer = await send("/webhooks", { method: "POST", body, headers });
      const json = (await answer.json()) as { status: string; id?: string; code?: string };
      return { http: answer.status, ...json };
    };

    it("takes a genuine event, typed", async () => {
      const one = message();
      expect(await post(one)).toEqual({ http: 200, status: "accepted", id: one.id });
      const { data } = JSON.parse(one.body) as { data: unknown };
      expect(sessions.saved.get(one.id)).toEqual(data);
      expect(errors).not.toHaveBeenCalled();
    });

    it("refuses a changed body, and saves nothing", async () => {
      const one = message();
      const answer = await post({ ...one, body: one.body.trimEnd() });
      expect([answer.http, answer.code]).toEqual([401, "signature_mismatch"]);
      expect(sessions.saved.has(one.id)).toBe(false);
    });

    it("refuses a body over the limit", async () => {
      const big = signed("evt_big", `{"type":"x","fill":"${"x".repeat(1_200_000)}"}`);
      const answer = await post(big);
      expect([answer.http, answer.code]).toEqual([413, "payload_too_large"]);
    });

    it("takes a body just under the limit", async () => {
      const big = signed("evt_nearly", `{"type":"x","fill":"${"x".repeat(1_040_000)}"}`);
      expect(await post(big)).toEqual({ http: 200, status: "unrecognized", id: "evt_nearly" });
    });

    it("refuses an event that does not fit its schema", async () => {
      const answer = await post(message("invalid"));
      expect([answer.http, answer.code]).toEqual([422, "invalid_payload"]);
    });

    it("acknowledges nothing when the handler throws; the retry is taken", async () => {
      const one = message();
      sessions.error = new Error("the database is away");
      const answer = await post(one);
      expect([answer.http, answer.code]).toEqual([500, "handler_failed"]);
      expect(sessions.saved.has(one.id)).toBe(false);
      expect(errors).toHaveBeenCalledWith(`[sessionhook] handler_failed (${one.id}):`, sessions.error);

      sessions.error = undefined;
      expect(await post(signed(one.id, one.body))).toEqual({ http: 200, status: "accepted", id: one.id });
      expect(sessions.saved.has(one.id)).toBe(true);
    });

    it("takes many at once", async () => {
      const many = Array.from({ length: 30 }, () => message());
      const answers = await Promise.all(many.map(post));
      expect(answers).toEqual(many.map(({ id }) => ({ http: 200, status: "accepted", id })));
      expect(many.every(({ id }) => sessions.saved.has(id))).toBe(true);
    });

    it(`answers ${getStatus} to a GET`, async () => {
      expect((await send("/webhooks", { method: "GET" })).status).toBe(getStatus);
    });
  });
}
